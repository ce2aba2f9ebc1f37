/** The integration interface {@code /api/v1}. */
@ApplicationModule(
        allowedDependencies = {
            "database",
            "time",
            "register",
            "calendar",
            "duties",
            "forms",
            "documents",
            "obligations",
            "campaigns",
            "notices",
            "engine",
            "sources"
        })
@NullMarked
package org.sterna.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
