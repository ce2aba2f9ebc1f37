/** Login, sessions, throttling, and the gateway in front of the bundled web applications. */
@ApplicationModule(allowedDependencies = {"register"})
@NullMarked
package org.sterna.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
