/** What is known before a step is done: values that its form offers, shows or judges by, and where they come from. */
@ApplicationModule(allowedDependencies = {"register", "calendar", "duties", "forms", "obligations"})
@NullMarked
package org.sterna.sources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
