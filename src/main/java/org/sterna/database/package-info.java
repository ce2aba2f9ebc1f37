/** What holds for every statement and connection, whichever database there is. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.sterna.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
