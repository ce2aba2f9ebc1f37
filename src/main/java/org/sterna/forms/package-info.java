/** Forms of the duties: one definition, rendered and checked the same at every door. */
@ApplicationModule(allowedDependencies = {"duties"})
@NullMarked
package org.sterna.forms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
