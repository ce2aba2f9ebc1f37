package org.sterna.structure;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:walked;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256")
class WalkedListsOnH2Tests extends WalkedLists {}
