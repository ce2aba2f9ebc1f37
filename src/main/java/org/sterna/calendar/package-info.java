/** Meetings, notified dates, due rules and ladders turned into dates, with {@code java.time} only; working days. */
@ApplicationModule(allowedDependencies = {"time", "register"})
@NullMarked
package org.sterna.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
