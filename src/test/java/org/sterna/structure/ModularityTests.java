package org.sterna.structure;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.sterna.Sterna;

/** The modules use each other only as their {@code package-info.java} allows. */
class ModularityTests {

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(Sterna.class).verify();
    }
}
