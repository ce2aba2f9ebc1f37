/** Messages to seat holders: what is due to whom, the outbox, sending. */
@ApplicationModule(allowedDependencies = {"database", "obligations", "duties", "calendar", "register", "time"})
@NullMarked
package org.sterna.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
