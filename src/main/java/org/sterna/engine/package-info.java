/** The only package that knows the process engine: deployment, identity, vocabulary, gates. */
@ApplicationModule(
        allowedDependencies = {
            "time",
            "register",
            "calendar",
            "duties",
            "forms",
            "documents",
            "obligations",
            "campaigns",
            "notices",
            "sources"
        })
@NullMarked
package org.sterna.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
