/** The Secretariat's pages: dashboards, campaigns, register, notices. */
@ApplicationModule(
        allowedDependencies = {
            "time",
            "database",
            "register",
            "calendar",
            "duties",
            "forms",
            "documents",
            "obligations",
            "campaigns",
            "notices",
            "engine",
            "pages"
        })
@NullMarked
package org.sterna.secretariat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
