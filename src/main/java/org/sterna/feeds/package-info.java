/** Deadlines as calendars: feeds by a secret address, and the public calendar where it is switched on. */
@ApplicationModule(allowedDependencies = {"register", "calendar", "duties", "obligations", "pages"})
@NullMarked
package org.sterna.feeds;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
