package org.sterna.whole;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class OnH2IT extends WholeApplicationIT {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000");
    }
}
