package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;

class RelevanceTests {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant NOW = Instant.parse("2028-11-01T08:00:00Z");
    private static final Deadline DUE = on(LocalDate.of(2028, 12, 1));
    private static final Deadline OVER = on(LocalDate.of(2028, 10, 31));
    private static final Deadline DRAFT = on(LocalDate.of(2028, 11, 10));

    @ParameterizedTest
    @CsvSource({
        // an interim deadline leads up to the main one, which reminds too
        "draft, reminder-14@2028-12-01, true",
        "draft, draft.reminder-7@2028-11-10, true",
        // the draft is written, so nobody is reminded of it
        "due, draft.reminder-7@2028-11-10, false",
        "due, reminder-14@2028-12-01, true",
        // it has moved meanwhile
        "due, reminder-14@2028-11-30, false",
        // nobody is reminded of a day that is over
        "final, final.reminder-1@2028-10-31, false",
    })
    void remindsOfWhatAStepStillWaitsFor(String waiting, String milestone, boolean needed) {
        Obligation owed =
                new Obligation(ID, "report", "cop16", "CHE", Obligation.State.WITH_PARTY, DUE, NOW, null, false, null);
        Obligations obligations = mock();
        given(obligations.findAll(any())).willReturn(List.of(owed));
        given(obligations.deadlines(any())).willReturn(Map.of(ID, Map.of("due", DUE, "draft", DRAFT, "final", OVER)));
        given(obligations.tasks(Set.of(ID)))
                .willReturn(
                        Map.of(ID, List.of(new OpenTask("t", ID, "report", "write", "nfp-CHE", NOW, NOW, waiting))));
        Duties duties = mock();
        given(duties.find("report")).willReturn(Optional.of(duty()));

        Relevance relevance = new Relevance(obligations, duties, asked -> Set.of(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(relevance.needless(reminder(milestone)).isEmpty()).isEqualTo(needed);
    }

    private static Deadline on(LocalDate day) {
        return new Deadline(day, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, null, false);
    }

    private static Duty duty() {
        return new Duty(
                "report",
                "D99",
                Duty.Group.MEETINGS,
                "nfp",
                Duty.Kind.MEETING,
                false,
                DueRule.parse("COP-P6M"),
                15,
                List.of(),
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "Made up",
                true,
                List.of(),
                List.of(new Duty.Further(
                        "draft", DueRule.parse("COP-P7M"), true, "Made up", false, true, Set.of("write"), List.of())),
                null,
                null,
                Set.of(),
                null,
                false,
                Duty.Closing.BY_DECISION);
    }

    private static Notice reminder(String milestone) {
        return new Notice(
                UUID.randomUUID(),
                ID,
                milestone,
                "reminder",
                "nfp-CHE",
                false,
                "Anna Muster",
                "anna@example.org",
                Locale.ENGLISH,
                "Subject",
                "Text",
                "<p>Text</p>",
                "<1@example.org>",
                Notice.State.QUEUED,
                null,
                null,
                0,
                NOW,
                null,
                null);
    }
}
