package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.script.ScriptEngineManager;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.bpmn.parser.DefaultFailedJobParseListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.ActiveProfiles;

/**
 * Reads the running engine and asserts each setting that keeps it safe: a property that an upgrade renames, or a
 * default that changes, is found here.
 */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
class HardeningTests {

    @Autowired
    ProcessEngine engine;

    @Autowired
    CamundaBpmProperties properties;

    @Autowired
    Environment environment;

    private ProcessEngineConfigurationImpl running() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Test
    void authorizationIsOnAndNarrow() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(running().isAuthorizationEnabled())
                    .as("authorization")
                    .isTrue();
            soft.assertThat(running().isTenantCheckEnabled()).as("tenant check").isTrue();
            soft.assertThat(running().isEnableHistoricInstancePermissions())
                    .as("historic instance permissions")
                    .isTrue();
            soft.assertThat(running().isEnforceSpecificVariablePermission())
                    .as("specific variable permission")
                    .isTrue();
            soft.assertThat(running().getDefaultUserPermissionNameForTask())
                    .as("default user permission for task")
                    .isEqualTo("TASK_WORK");
            soft.assertThat(running().isStandaloneTasksEnabled())
                    .as("standalone tasks")
                    .isFalse();
            soft.assertThat(running().isRestrictUserOperationLogToAuthenticatedUsers())
                    .as("operation log for logged-in users only")
                    .isFalse();
            soft.assertThat(running().getLogEntriesPerSyncOperationLimit())
                    .as("log entries per operation")
                    .isEqualTo(1000);
        });
    }

    @Test
    void nothingFromOutsideIsEvaluated() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(running().isEnableExceptionsAfterUnhandledBpmnError())
                    .as("an unknown BPMN error fails")
                    .isTrue();
            soft.assertThat(running().isEnableExpressionsInAdhocQueries())
                    .as("expressions in ad hoc queries")
                    .isFalse();
            soft.assertThat(running().isJavaSerializationFormatEnabled())
                    .as("Java serialisation")
                    .isFalse();
            soft.assertThat(running().isDeserializationTypeValidationEnabled())
                    .as("validation of deserialised types")
                    .isTrue();
            soft.assertThat(running().isEnableXxeProcessing())
                    .as("external entities")
                    .isFalse();
            soft.assertThat(running().isEnableScriptEngineLoadExternalResources())
                    .as("scripts load resources")
                    .isFalse();
            soft.assertThat(running().isEnableScriptEngineNashornCompatibility())
                    .as("Nashorn")
                    .isFalse();
            soft.assertThat(running().isCmmnEnabled()).as("CMMN").isFalse();
            soft.assertThat(running().getBeans()).as("beans in expressions").hasSize(10);
            soft.assertThat(new ScriptEngineManager().getEngineFactories())
                    .as("script engines on the class path: only those of the expression languages")
                    .allSatisfy(factory -> assertThat(factory.getEngineName()).containsAnyOf("feel", "FEEL", "juel"));
        });
    }

    @Test
    void loginsAreOurs() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(running().isEnablePasswordPolicy())
                    .as("password policy")
                    .isTrue();
            soft.assertThat(running().getLoginMaxAttempts())
                    .as("the engine locks nobody out; the throttle stands in front")
                    .isGreaterThanOrEqualTo(1_000_000);
            soft.assertThat(running().isWebappsAuthenticationLoggingEnabled())
                    .as("logins are logged")
                    .isTrue();
            soft.assertThat(running().getIdentityProviderSessionFactory().openSession())
                    .as("identity provider")
                    .isInstanceOf(RegisterIdentity.class);
            soft.assertThat(running().getGeneralResourceWhitelistPattern())
                    .as("pattern of ids")
                    .isEqualTo("[a-zA-Z0-9_-]+");
            soft.assertThat(properties.getWebapp().getAuth().getCache().getTimeToLive())
                    .as("cache of rights")
                    .isZero();
            soft.assertThat(properties.getWebapp().isIndexRedirectEnabled())
                    .as("index redirect")
                    .isFalse();
        });
    }

    @Test
    void jobsAndHistoryAreKept() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(running().getFailedJobRetryTimeCycle())
                    .as("retries")
                    .isEqualTo("PT30S,PT2M,PT10M,PT30M,PT2H,PT6H,PT12H,PT24H");
            soft.assertThat(properties.getJobExecution().getLockTimeInMillis())
                    .as("lock of a job")
                    .isEqualTo(60_000);
            soft.assertThat(properties.getJobExecution().getMaxPoolSize())
                    .as("job threads")
                    .isEqualTo(3);
            soft.assertThat(running().isHistoryCleanupEnabled())
                    .as("history clean-up")
                    .isFalse();
            soft.assertThat(running().isEnforceHistoryTimeToLive())
                    .as("history time to live is stated")
                    .isTrue();
            soft.assertThat(running().getHistoryLevel()).as("history").isEqualTo(HistoryLevel.HISTORY_LEVEL_FULL);
            soft.assertThat(running().getDatabaseSchemaUpdate())
                    .as("the engine changes its tables itself")
                    .isEqualTo("false");
            soft.assertThat(properties.isAutoDeploymentEnabled())
                    .as("deployment by scanning")
                    .isFalse();
            soft.assertThat(running().isReevaluateTimeCycleWhenDue())
                    .as("the reminder clock reads its next date")
                    .isTrue();
            soft.assertThat(running().getQueryMaxResultsLimit())
                    .as("most results of a query")
                    .isEqualTo(1000);
            soft.assertThat(running().getCustomPostBPMNParseListeners())
                    .as("retries are known to the parser")
                    .hasAtLeastOneElementOfType(DefaultFailedJobParseListener.class);
        });
    }

    @Test
    void theServerSaysAndTakesLittle() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(environment.getProperty("server.error.include-message"))
                    .isEqualTo("never");
            soft.assertThat(environment.getProperty("server.error.include-stacktrace"))
                    .isEqualTo("never");
            soft.assertThat(environment.getProperty("server.error.whitelabel.enabled"))
                    .isEqualTo("false");
            soft.assertThat(environment.getProperty("server.servlet.session.cookie.http-only"))
                    .isEqualTo("true");
            soft.assertThat(environment.getProperty("server.servlet.session.cookie.same-site"))
                    .as("links from webmail keep the session")
                    .isEqualTo("lax");
            soft.assertThat(environment.getProperty("server.servlet.session.timeout"))
                    .isEqualTo("20m");
            soft.assertThat(environment.getProperty("server.tomcat.max-http-form-post-size"))
                    .isEqualTo("64KB");
            soft.assertThat(environment.getProperty("server.tomcat.max-swallow-size"))
                    .isEqualTo("1MB");
            soft.assertThat(environment.getProperty("server.tomcat.connection-timeout"))
                    .isEqualTo("10s");
            soft.assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
                    .isEqualTo("health");
            soft.assertThat(environment.getProperty("management.endpoint.health.show-details"))
                    .isEqualTo("never");
            soft.assertThat(environment.getProperty("spring.h2.console.enabled"))
                    .isEqualTo("false");
            soft.assertThat(environment.getProperty("spring.datasource.hikari.transaction-isolation"))
                    .isEqualTo("TRANSACTION_READ_COMMITTED");
            for (String guard : new String[] {"starttls.enable", "ssl.checkserveridentity"}) {
                soft.assertThat(environment.getProperty("spring.mail.properties.mail.smtp." + guard, Boolean.class))
                        .as(guard)
                        .isTrue();
            }
            for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
                soft.assertThat(environment.getProperty("spring.mail.properties.mail.smtp." + limit, Integer.class))
                        .as(limit)
                        .isBetween(1, 20_000);
            }
        });
    }

    @Test
    void theBundledPagesAreSentWithTheirGuards() {
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(properties.getWebapp().getCsrf().getSameSiteCookieOption())
                    .as("cookie against forged requests")
                    .isEqualTo("LAX");
            soft.assertThat(properties.getWebapp().getSessionCookie().getSameSiteCookieOption())
                    .as("session cookie")
                    .isEqualTo("LAX");
            soft.assertThat(properties.getWebapp().getHeaderSecurity().getInitParams())
                    .as("headers")
                    .containsEntry("hstsDisabled", "false")
                    .containsEntry("hstsIncludeSubdomainsDisabled", "false")
                    .containsEntry("hstsMaxAge", "31536000");
        });
    }

    @Test
    void theDefaultDatabaseLosesNothingWhenTheProcessIsKilled() throws IOException {
        String settings = new ClassPathResource("application.yaml").getContentAsString(StandardCharsets.UTF_8);

        assertThat(settings).contains("jdbc:h2:file:./data/sterna;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }
}
