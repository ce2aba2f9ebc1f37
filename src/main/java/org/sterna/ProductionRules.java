package org.sterna;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * What must be true before Sterna starts in the profile {@code prod}. Checked before anything is opened or migrated, so
 * that a wrong setting costs a restart and nothing else.
 */
class ProductionRules implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The shortest password of the database, in characters. */
    private static final int SHORTEST = 12;

    /** What stands in docker-compose.yml for trying out. */
    private static final String EXAMPLE = "demo-only-change-me";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        if (environment.acceptsProfiles(Profiles.of("prod"))) {
            List<String> broken = broken(environment, ZoneId.systemDefault());
            if (!broken.isEmpty()) {
                throw new NotForProduction(broken);
            }
        }
    }

    /** One sentence for each rule that the settings break, naming the setting and the remedy. */
    static List<String> broken(Environment environment, ZoneId zone) {
        List<String> broken = new ArrayList<>();
        String database = text(environment, "spring.datasource.url");
        if (!database.startsWith("jdbc:postgresql:")) {
            broken.add(
                    "spring.datasource.url is '%s'; production keeps its data in PostgreSQL, so set it to jdbc:postgresql://..."
                            .formatted(withoutArguments(database)));
        }
        if (database.toLowerCase(Locale.ROOT).matches(".*synchronous_commit(=|%3d)off.*")) {
            broken.add("spring.datasource.url switches synchronous_commit off, which loses acknowledged work when the"
                    + " server stops; leave it on");
        }
        String password = text(environment, "spring.datasource.password");
        // without one, the server asks for a certificate or knows the machine
        if (password.equals(EXAMPLE) || !password.isEmpty() && password.length() < SHORTEST) {
            broken.add("spring.datasource.password can be guessed; use at least %d characters of your own, and set the"
                            .formatted(SHORTEST)
                    + " same for the user of the database");
        }
        String address = text(environment, "sterna.base-url");
        if (!address.startsWith("https://")) {
            broken.add("sterna.base-url is '%s'; set it to the public address, which starts with https://"
                    .formatted(address));
        }
        if (text(environment, "spring.mail.host").isBlank()) {
            broken.add("spring.mail.host is not set; without a mail server nobody is reminded of anything");
        }
        if (!zone.normalized().equals(ZoneOffset.UTC)) {
            broken.add("the Java machine runs in the zone %s; start it with -Duser.timezone=UTC".formatted(zone));
        }
        if (!environment.getProperty("camunda.bpm.authorization.enabled", Boolean.class, false)) {
            broken.add("camunda.bpm.authorization.enabled is not true; without it every login sees everything");
        }
        if (!environment.getProperty("camunda.bpm.authorization.tenant-check-enabled", Boolean.class, true)) {
            broken.add("camunda.bpm.authorization.tenant-check-enabled is false; it is the wall between Parties");
        }
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            broken.add("the profile demo is active too; it brings accounts whose password everybody can read");
        }
        return broken;
    }

    private static String text(Environment environment, String setting) {
        return environment.getProperty(setting, "").strip();
    }

    /** The arguments of a database address may hold a password. */
    private static String withoutArguments(String address) {
        return address.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
    }

    /** Sterna was asked to start in production with settings that are none for production. */
    static class NotForProduction extends RuntimeException {

        private final transient List<String> broken;

        NotForProduction(List<String> broken) {
            super("Sterna does not start in the profile prod: " + String.join("; ", broken));
            this.broken = broken;
        }
    }

    /** Shows the broken rules without a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<NotForProduction> {

        @Override
        protected FailureAnalysis analyze(Throwable root, NotForProduction refusal) {
            return new FailureAnalysis(
                    "Sterna does not start in the profile prod:%n%n- %s"
                            .formatted(String.join(System.lineSeparator() + "- ", refusal.broken)),
                    "Correct the settings above; to try Sterna out, use the profile demo instead of prod.",
                    refusal);
        }
    }
}
