/** The focal point's own pages. */
@ApplicationModule(
        allowedDependencies = {
            "obligations",
            "duties",
            "forms",
            "documents",
            "register",
            "calendar",
            "notices",
            "engine",
            "sources",
            "pages"
        })
@NullMarked
package org.sterna.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
