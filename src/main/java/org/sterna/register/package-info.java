/** The register: Parties, seats, their holders, absences and accounts. */
@ApplicationModule(allowedDependencies = {"time"})
@NullMarked
package org.sterna.register;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
