package org.sterna.structure;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.sterna.Databases;

class WalkedListsOnPostgresqlTests extends WalkedLists {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        String url = Databases.emptyPostgresUrl();
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> "postgres");
    }
}
