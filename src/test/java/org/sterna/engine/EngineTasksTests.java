package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.junit.jupiter.api.Test;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.forms.Forms;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.register.Today;
import org.sterna.sources.Sources;

class EngineTasksTests {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final FormService forms = mock();
    private final Obligations obligations = mock();
    private final Accounts accounts = mock();
    private final Tasks tasks = new EngineTasks(
            forms,
            mock(IdentityService.class),
            obligations,
            accounts,
            mock(Duties.class),
            mock(Parties.class),
            mock(Documents.class),
            mock(Forms.class),
            mock(Sources.class),
            new OnBehalf(),
            mock(SubmissionGate.class),
            new FromFile(),
            new Today(mock(), Clock.fixed(NOW, ZoneOffset.UTC)));

    @Test
    void filesAnewWhenSomethingElseInTheCaseChangedMeanwhile() {
        UUID obligation = UUID.randomUUID();
        Submission filed = new Submission(
                UUID.randomUUID(),
                obligation,
                "t1",
                "step",
                1,
                Map.of(),
                "che-nfp",
                "nfp-CHE",
                false,
                false,
                NOW,
                "S-1");
        given(accounts.find("che-nfp"))
                .willReturn(Optional.of(new Account(
                        "che-nfp", "Office", "nfp@example.org", Locale.FRENCH, "CHE", Set.of("nfp-CHE"), false)));
        given(obligations.task("t1"))
                .willReturn(Optional.of(new OpenTask("t1", obligation, "duty", "step", "nfp-CHE", NOW, null)));
        given(obligations.submissions(obligation)).willReturn(List.of(filed));
        doThrow(new OptimisticLockingException("claimed meanwhile"))
                .doNothing()
                .when(forms)
                .submitTaskForm(eq("t1"), anyMap());

        assertThat(tasks.submit("t1", "che-nfp", Map.of(), Locale.ENGLISH)).isEqualTo(filed);
    }
}
