package org.sterna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class ProductionRulesTests {

    private final MockEnvironment settings = new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://db.example.org/sterna")
            .withProperty("sterna.base-url", "https://sterna.example.org")
            .withProperty("spring.mail.host", "mail.example.org")
            .withProperty("camunda.bpm.authorization.enabled", "true")
            .withProperty("camunda.bpm.authorization.tenant-check-enabled", "true");

    ProductionRulesTests() {
        settings.setActiveProfiles("postgres", "prod");
    }

    @Test
    void soundSettingsBreakNoRule() {
        assertThat(ProductionRules.broken(settings, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void refusesAnH2Database() {
        settings.setProperty("spring.datasource.url", "jdbc:h2:file:./data/sterna;WRITE_DELAY=0");
        assertOnlyFault("spring.datasource.url is 'jdbc:h2:file:./data/sterna'");
    }

    @Test
    void refusesToRunWithoutADatabaseAddress() {
        settings.setProperty("spring.datasource.url", " ");
        assertOnlyFault("spring.datasource.url is ''");
    }

    @Test
    void showsNoPasswordOfADatabaseAddress() {
        settings.setProperty("spring.datasource.url", "jdbc:mysql://sterna:secret@db/sterna?password=secret");
        assertThat(ProductionRules.broken(settings, ZoneOffset.UTC))
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void refusesCommitsThatDoNotWaitForTheDisk() {
        settings.setProperty(
                "spring.datasource.url", "jdbc:postgresql://db/sterna?options=-c%20synchronous_commit%3Doff");
        assertOnlyFault("synchronous_commit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "elevenchars", "demo-only-change-me"})
    void refusesAPasswordOfTheDatabaseThatCanBeGuessed(String password) {
        settings.setProperty("spring.datasource.password", password);
        assertOnlyFault("spring.datasource.password can be guessed");
    }

    @Test
    void acceptsAnotherProofThanAPasswordForTheDatabase() {
        settings.setProperty("spring.datasource.password", "");
        assertThat(ProductionRules.broken(settings, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void acceptsWhatTheCompositionPassesOnFromTheReadme() {
        var passedOn = new StandardEnvironment();
        passedOn.getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("container", Map.copyOf(Composition.documented())));
        ConfigurationPropertySources.attach(passedOn);
        passedOn.setActiveProfiles(
                Composition.documented().get("SPRING_PROFILES_ACTIVE").split(","));
        passedOn.getPropertySources()
                .addLast(new MapPropertySource("application.yaml", Map.of("camunda.bpm.authorization.enabled", true)));

        assertThat(ProductionRules.broken(passedOn, ZoneOffset.UTC)).isEmpty();
        assertThat(passedOn.getActiveProfiles()).containsExactly("postgres", "prod");
    }

    @Test
    void refusesAnAddressWithoutHttps() {
        settings.setProperty("sterna.base-url", "http://localhost:8080");
        assertOnlyFault("sterna.base-url is 'http://localhost:8080'");
    }

    @Test
    void refusesToRunWithoutAMailServer() {
        settings.setProperty("spring.mail.host", "");
        assertOnlyFault("spring.mail.host");
    }

    @Test
    void refusesAnotherZoneThanUtc() {
        assertThat(ProductionRules.broken(settings, ZoneId.of("Europe/Berlin")))
                .singleElement()
                .asString()
                .contains("Europe/Berlin", "-Duser.timezone=UTC");
    }

    @Test
    void acceptsUtcByItsOtherName() {
        assertThat(ProductionRules.broken(settings, ZoneId.of("Etc/UTC"))).isEmpty();
    }

    @Test
    void refusesToRunWithoutAuthorization() {
        settings.setProperty("camunda.bpm.authorization.enabled", "false");
        assertOnlyFault("camunda.bpm.authorization.enabled");
    }

    @Test
    void refusesToRunWithoutTenantCheck() {
        settings.setProperty("camunda.bpm.authorization.tenant-check-enabled", "false");
        assertOnlyFault("tenant-check-enabled");
    }

    @Test
    void refusesTheDemonstrationsAccounts() {
        settings.addActiveProfile("demo");
        assertOnlyFault("the profile demo is active too");
    }

    @Test
    void namesEveryBrokenRuleAtOnce() {
        settings.setProperty("spring.mail.host", "");
        settings.setProperty("sterna.base-url", "http://sterna.example.org");
        assertThat(ProductionRules.broken(settings, ZoneOffset.UTC)).hasSize(2);
    }

    @Test
    void asksNothingOutsideProduction() {
        var context = new StaticApplicationContext();
        context.setEnvironment(new MockEnvironment());
        assertThatCode(() -> new ProductionRules().initialize(context)).doesNotThrowAnyException();
    }

    @Test
    void stopsTheStartBeforeAnythingIsOpened() {
        var application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run("--spring.profiles.active=prod"))
                .isInstanceOf(ProductionRules.NotForProduction.class)
                .hasMessageContaining("Sterna does not start in the profile prod")
                .hasMessageContaining("spring.datasource.url is 'jdbc:h2:file:./data/sterna'");
    }

    private void assertOnlyFault(String part) {
        assertThat(ProductionRules.broken(settings, ZoneOffset.UTC))
                .singleElement()
                .asString()
                .contains(part);
    }

    /** An application without beans. */
    static class Nothing {}
}
