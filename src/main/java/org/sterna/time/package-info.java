/** The one clock of the application; movable in demonstrations and tests. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.sterna.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
