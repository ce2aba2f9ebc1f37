package org.sterna.api;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.notices.Notice;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;

/** A small world: Switzerland and Kenya, one duty, an obligation of each. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    static final String DUTY = "nomination-confirmation";
    static final String STEP = "submit-nomination";

    static final Account CHE = account("che-nfp", "CHE", "nfp-CHE");
    static final Account SECRETARIAT = account("secretariat", null, "secretariat");
    static final Account ADMINISTRATOR = account("admin", null);

    static final Party SWITZERLAND = new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH);
    static final Party KENYA = new Party("KEN", "Kenya", "Kenya", "Kenya", Region.AFRICA, Locale.ENGLISH);

    static final Obligation SWISS = obligation("CHE", LocalDate.of(2026, 12, 24));
    static final Obligation KENYAN = obligation("KEN", LocalDate.of(2026, 11, 23));

    static final OpenTask SWISS_TASK = task(SWISS, "t-che", "nfp-CHE");
    static final OpenTask KENYAN_TASK = task(KENYAN, "t-ken", "nfp-KEN");

    private Samples() {}

    static Account account(String username, @Nullable String party, String... seats) {
        return new Account(
                username,
                "Name of " + username,
                username + "@example.org",
                Locale.ENGLISH,
                party,
                Set.of(seats),
                false);
    }

    static Duty duty() {
        return new Duty(
                DUTY,
                "D01",
                "nfp",
                Duty.Kind.EVENT,
                false,
                new DueRule("opened+30D", Period.ofDays(30)),
                14,
                List.of(),
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "seed",
                true,
                List.of(new Duty.Step(STEP, "nfp"), new Duty.Step("review-nomination", "secretariat")));
    }

    static Obligation obligation(String party, LocalDate due) {
        return new Obligation(
                UUID.nameUUIDFromBytes(party.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                DUTY,
                "2026-11",
                party,
                Obligation.State.WITH_PARTY,
                new Deadline(due, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "opened+30D", false),
                Instant.parse("2026-11-01T08:00:00Z"),
                null,
                false,
                new Obligation.NextAct("reminder-14", Instant.parse("2026-12-10T07:00:00Z")));
    }

    static OpenTask task(Obligation obligation, String id, String seat) {
        return new OpenTask(
                id,
                obligation.id(),
                DUTY,
                STEP,
                seat,
                obligation.openedAt(),
                obligation.deadline().at());
    }

    static Submission submission(Obligation obligation, String seat, int version) {
        return new Submission(
                UUID.randomUUID(),
                obligation.id(),
                "t-before",
                STEP,
                version,
                Map.of("remarks", "version " + version),
                "user-of-" + seat,
                seat,
                false,
                false,
                NOW,
                "S-2026-00000" + version);
    }

    static Notice notice(Obligation obligation, String seat) {
        return new Notice(
                UUID.randomUUID(),
                obligation.id(),
                "opened@2026-12-24",
                "opened",
                seat,
                false,
                "Holder of " + seat,
                seat + "@example.org",
                Locale.FRENCH,
                "Subject for " + seat,
                "Text",
                "<p>Text</p>",
                "<1@example.org>",
                Notice.State.SENT,
                null,
                "250 OK",
                1,
                NOW,
                NOW);
    }

    static void know(Accounts accounts) {
        for (Account account : List.of(CHE, SECRETARIAT, ADMINISTRATOR)) {
            given(accounts.find(account.username())).willReturn(Optional.of(account));
        }
    }

    static void know(Duties duties) {
        given(duties.find(DUTY)).willReturn(Optional.of(duty()));
        given(duties.all()).willReturn(List.of(duty()));
    }

    static void know(Parties parties) {
        given(parties.find("CHE")).willReturn(Optional.of(SWITZERLAND));
        given(parties.find("KEN")).willReturn(Optional.of(KENYA));
        given(parties.all()).willReturn(List.of(SWITZERLAND, KENYA));
    }

    static void know(Words words) {
        given(words.has(anyString())).willReturn(true);
        given(words.text(anyString(), any())).willAnswer(call -> {
            Locale reader = call.getArgument(1);
            return reader.getLanguage() + ":" + call.getArgument(0);
        });
    }

    static void know(Obligations obligations) {
        given(obligations.find(SWISS.id())).willReturn(Optional.of(SWISS));
        given(obligations.find(KENYAN.id())).willReturn(Optional.of(KENYAN));
        given(obligations.task(SWISS_TASK.taskId())).willReturn(Optional.of(SWISS_TASK));
        given(obligations.task(KENYAN_TASK.taskId())).willReturn(Optional.of(KENYAN_TASK));
    }
}
