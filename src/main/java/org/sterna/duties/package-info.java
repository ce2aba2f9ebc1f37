/** The catalogue of duties: reads and checks {@code processes/<duty>/} and its messages. */
@ApplicationModule(allowedDependencies = {"calendar"})
@NullMarked
package org.sterna.duties;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
