/**
 * What is read from outside: deadlines as calendars by a secret address, and for everybody, where they are switched on,
 * the calendar of actions and the status of contributions.
 */
@ApplicationModule(allowedDependencies = {"register", "calendar", "duties", "obligations", "pages"})
@NullMarked
package org.sterna.feeds;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
