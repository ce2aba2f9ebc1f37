/** What all pages share: the frame around them, the reader's language, and an obligation told in words. */
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
            "notices"
        })
@NullMarked
package org.sterna.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
