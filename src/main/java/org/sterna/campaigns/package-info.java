/** Opens a duty for the Parties it binds, once. */
@ApplicationModule(allowedDependencies = {"obligations", "duties", "calendar", "register", "time"})
@NullMarked
package org.sterna.campaigns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
