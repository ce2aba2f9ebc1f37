package org.sterna;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class PostgresProfileTests {

    @Test
    void sendsInsertsInBatches() throws IOException {
        var environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("postgres", new ClassPathResource("application-postgres.yaml"))
                .forEach(environment.getPropertySources()::addLast);
        Properties ofTheDriver = Binder.get(environment)
                .bind("spring.datasource.hikari.data-source-properties", Properties.class)
                .get();
        assertThat(ofTheDriver.getProperty("reWriteBatchedInserts")).isEqualTo("true");
    }
}
