package org.sterna.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.io.UnsupportedEncodingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.Databases;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.calendar.WorkingDays;
import org.sterna.campaigns.BulkActs;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.campaigns.Occasions;
import org.sterna.campaigns.Preview;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.engine.AddressTasks;
import org.sterna.engine.Cases;
import org.sterna.engine.Drawings;
import org.sterna.engine.Machinery;
import org.sterna.engine.Tasks;
import org.sterna.forms.Forms;
import org.sterna.forms.Source;
import org.sterna.notices.Closings;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.DeliveryFailures;
import org.sterna.notices.Ladders;
import org.sterna.notices.MailGate;
import org.sterna.notices.MailServer;
import org.sterna.notices.Notice;
import org.sterna.notices.NoticePreferences;
import org.sterna.notices.Notices;
import org.sterna.notices.PartyLists;
import org.sterna.notices.Rehearsal;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.AccountAdministration;
import org.sterna.register.Accounts;
import org.sterna.register.Addresses;
import org.sterna.register.Appointments;
import org.sterna.register.Basis;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Facts;
import org.sterna.register.Holder;
import org.sterna.register.Imports;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Reachability;
import org.sterna.register.Region;
import org.sterna.register.Scale;
import org.sterna.register.Seats;
import org.sterna.register.Standing;
import org.sterna.register.Today;
import org.sterna.sources.CaseVariables;
import org.sterna.time.TimeLapse;

/**
 * Pages over a small pretended world: the real duties, forms and words, and pretended ledger, register and engine. It
 * is 24 November 2026; Switzerland owes its nomination by 6 December and has not sent it, France's was due on the 14th.
 */
@Import(PageSlice.House.class)
public abstract class PageSlice {

    public static final Locale SPANISH = Locale.forLanguageTag("es");
    protected static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    protected static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    protected static final String DUTY = "nomination-confirmation";
    protected static final String SUBMIT = "submit-nomination";
    protected static final String REVIEW = "review-nomination";

    protected static final Account SWISS = account("che-nfp", "Anna Muster", "CHE", "nfp-CHE");
    protected static final Account FRENCH = account("fra-nfp", "Luc Dupont", "FRA", "nfp-FRA");
    protected static final Account ADMINISTRATOR = new Account(
            "chief", "Charly Chief", "chief@example.org", Locale.ENGLISH, null, Set.of("secretariat"), true);
    protected static final Account SECRETARY = account("secretary", "Sam Secretary", null, "secretariat");

    protected static final Party SWITZERLAND =
            new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH);
    protected static final Party FRANCE = new Party("FRA", "France", "France", "Francia", Region.EUROPE, Locale.FRENCH);

    /** Switzerland's, waiting for its focal point. */
    protected static final Obligation OWED = obligation("CHE", LocalDate.of(2026, 12, 6), Obligation.State.WITH_PARTY);

    /** France's, overdue. */
    protected static final Obligation FOREIGN =
            obligation("FRA", LocalDate.of(2026, 11, 14), Obligation.State.WITH_PARTY);

    /** The Secretariat's, reviewing what Switzerland sent. */
    protected static final OpenTask REVIEWING = task("task-review", OWED, REVIEW, "secretariat");

    protected static final OpenTask TASK = task("task-che", OWED, SUBMIT, "nfp-CHE");
    protected static final OpenTask FOREIGN_TASK = task("task-fra", FOREIGN, SUBMIT, "nfp-FRA");

    protected static final Meeting COP14 = new Meeting(
            "cop14",
            Meeting.Kind.COP,
            "Samarkand",
            "UZB",
            Meeting.Span.day(LocalDate.of(2024, 2, 12)),
            LocalDate.of(2024, 2, 17),
            ZoneId.of("Asia/Samarkand"),
            false);

    protected static final Meeting COP16 = new Meeting(
            "cop16", Meeting.Kind.COP, null, null, Meeting.Span.parse("2029-Q2").orElseThrow(), null, BONN, true);

    protected static final Scale.Share SHARE =
            new Scale.Share("CHE", 2025, new BigDecimal("1.134"), Basis.ASSUMED, "Made up");

    protected static final Contribution CONTRIBUTION = new Contribution(
            "CHE",
            2025,
            "UNEP-2025-1",
            new BigDecimal("250.00"),
            new BigDecimal("50.00"),
            Basis.SOURCED,
            "Invoice",
            List.of(new Contribution.Payment(
                    UUID.fromString("6a1f1b7e-0c1c-4a56-9a5e-2d0f0c9f6f10"),
                    new BigDecimal("55.00"),
                    Contribution.Currency.USD,
                    new BigDecimal("0.910000"),
                    LocalDate.of(2025, 2, 1),
                    "REF-1",
                    null,
                    NOW,
                    "che-nfp",
                    new Contribution.Match(new BigDecimal("50.00"), NOW, "secretary"))),
            List.of(new Contribution.Dispute(
                    UUID.fromString("6a1f1b7e-0c1c-4a56-9a5e-2d0f0c9f6f11"),
                    "The share is last year’s.",
                    NOW,
                    "che-nfp",
                    "It is this year’s.",
                    NOW,
                    "secretary")));

    @Autowired
    protected MockMvcTester http;

    @MockitoBean
    protected Accounts accounts;

    @MockitoBean
    protected Appointments appointments;

    @MockitoBean
    protected Parties parties;

    @MockitoBean
    protected Seats seats;

    @MockitoBean
    protected Contributions contributions;

    @MockitoBean
    protected Scale scale;

    @MockitoBean
    protected Instruments instruments;

    @MockitoBean
    protected Imports imports;

    @MockitoBean
    protected Meetings meetings;

    @MockitoBean
    protected WorkingDays workingDays;

    @MockitoBean
    protected Obligations obligations;

    @MockitoBean
    protected Drafts drafts;

    @MockitoBean
    protected Documents documents;

    @MockitoBean
    protected Notices notices;

    @MockitoBean
    protected Closings closings;

    @MockitoBean
    protected Ladders ladders;

    @MockitoBean
    protected Rehearsal rehearsal;

    @MockitoBean
    protected NoticePreferences preferences;

    @MockitoBean
    protected Deliveries deliveries;

    @MockitoBean
    protected DeliveryFailures failures;

    @MockitoBean
    protected Correspondence correspondence;

    @MockitoBean
    protected MailGate gate;

    @MockitoBean
    protected PartyLists lists;

    @MockitoBean
    protected MailServer mailServer;

    @MockitoBean
    protected Addresses addresses;

    @MockitoBean
    protected Campaigns campaigns;

    @MockitoBean
    protected MeetingMoves moves;

    @MockitoBean
    protected CampaignCases campaignCases;

    @MockitoBean
    protected Occasions occasions;

    @Autowired
    private Duties catalogue;

    /** Funding for COP16, planned for October 2028 and not opened. */
    protected Occasions.Plan funding() {
        return new Occasions.Plan(
                catalogue.get("delegate-funding"),
                LocalDate.of(2028, 10, 1),
                true,
                Map.of(
                        Duty.DUE,
                        new Deadline(
                                LocalDate.of(2029, 1, 15),
                                ZoneId.of("Europe/Berlin"),
                                Deadline.Origin.RULE,
                                "COP-120D",
                                true)),
                null,
                90,
                0,
                0);
    }

    /** Funding for COP16, which should have opened in 2028 and was over. */
    protected static final Occasions.Missed MISSED = new Occasions.Missed(
            UUID.fromString("00000000-0000-0000-0000-0000000000e1"),
            "delegate-funding",
            "cop16",
            LocalDate.of(2028, 8, 14),
            new Preview.Late(Preview.Late.Kind.MEETING_OVER, LocalDate.of(2029, 5, 19)),
            null);

    @MockitoBean
    protected Reachability reachability;

    @MockitoBean
    protected Tasks tasks;

    @MockitoBean
    protected AddressTasks addressTasks;

    @MockitoBean
    protected Cases cases;

    @MockitoBean
    protected Drawings drawings;

    @MockitoBean
    protected Machinery machinery;

    @MockitoBean
    protected BulkActs bulkActs;

    @MockitoBean
    protected AccountAdministration accountAdministration;

    @MockitoBean
    protected CaseVariables variables;

    @MockitoBean
    protected TimeLapse timeLapse;

    /** The modules whose pages are looked at, and those that read files only. */
    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = {
                "org.sterna.duties",
                "org.sterna.forms",
                "org.sterna.pages",
                "org.sterna.sources",
                "org.sterna.desk",
                "org.sterna.secretariat"
            },
            nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
    static class House {

        /** The ledger's tables, where nothing happened yet. */
        @Bean
        JdbcClient ledger() {
            return JdbcClient.create(Databases.h2());
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        Today today(Parties parties, Clock clock) {
            return new Today(parties, clock);
        }

        /** Whatever facts the forms ask for; of no Party is any known. */
        @Bean
        Facts facts(Forms forms) {
            return new Facts() {

                @Override
                public Set<String> names() {
                    return forms.all().stream()
                            .flatMap(form -> form.sources().values().stream())
                            .filter(source -> source.kind() == Source.Kind.REGISTER)
                            .map(Source::name)
                            .collect(Collectors.toSet());
                }

                @Override
                public Optional<Object> find(String name, String partyCode, String occasion) {
                    return Optional.empty();
                }
            };
        }
    }

    /** The COP moved, and one case could not follow. */
    protected static MeetingMoves.Progress progress(UUID id) {
        return new MeetingMoves.Progress(
                new MeetingMoves.Move(
                        id,
                        "cop16",
                        null,
                        new MeetingMoves.Dates(COP16.opening(), null, true),
                        new MeetingMoves.Dates(
                                Meeting.Span.day(LocalDate.of(2029, 5, 14)), LocalDate.of(2029, 5, 19), false),
                        "Notification 2028/001",
                        "secretary",
                        NOW),
                133,
                130,
                2,
                1,
                133,
                132,
                1,
                133);
    }

    @BeforeEach
    void pretend() {
        given(reachability.of(anyString())).willReturn(Reachability.Reach.REACHABLE);
        given(accounts.find(any())).willReturn(Optional.empty());
        for (Account account : List.of(SWISS, FRENCH, SECRETARY, ADMINISTRATOR)) {
            given(accounts.find(account.username())).willReturn(Optional.of(account));
        }
        given(parties.find(any())).willReturn(Optional.empty());
        given(parties.find("CHE")).willReturn(Optional.of(SWITZERLAND));
        given(parties.find("FRA")).willReturn(Optional.of(FRANCE));
        given(parties.all()).willReturn(List.of(SWITZERLAND, FRANCE));
        given(seats.terms("nfp-CHE")).willReturn(List.of(holder("nfp-CHE", "che-nfp", "Anna Muster", false)));
        given(seats.terms("nfp-FRA")).willReturn(List.of(holder("nfp-FRA", "fra-nfp", "Luc Dupont", true)));
        given(seats.reachedBy("nfp-CHE"))
                .willReturn(List.of(
                        holder("nfp-CHE", "che-nfp", "Anna Muster", false),
                        holder("alt-CHE", "che-alt", "Beat Beispiel", true)));
        given(obligations.find(OWED.id())).willReturn(Optional.of(OWED));
        given(obligations.find(FOREIGN.id())).willReturn(Optional.of(FOREIGN));
        given(obligations.task(TASK.taskId())).willReturn(Optional.of(TASK));
        given(obligations.task(FOREIGN_TASK.taskId())).willReturn(Optional.of(FOREIGN_TASK));
        given(obligations.task(REVIEWING.taskId())).willReturn(Optional.of(REVIEWING));
        given(obligations.tasks(OWED.id())).willReturn(List.of(TASK));
        // what is asked for several at once is what is asked for each
        given(seats.inOffice(anyCollection()))
                .willAnswer(call -> byKey(call.getArgument(0), (String seat) -> Optional.of(seats.terms(seat))
                        .filter(terms -> !terms.isEmpty())));
        given(accounts.names(anyCollection()))
                .willAnswer(call -> byKey(call.getArgument(0), (String name) -> accounts.find(name)
                        .map(Account::displayName)));
        given(obligations.findAll(anyCollection()))
                .willAnswer(call -> List.copyOf(byKey(call.getArgument(0), (UUID id) -> obligations.find(id))
                        .values()));
        given(obligations.tasks(anyCollection()))
                .willAnswer(call -> byKey(call.getArgument(0), (UUID id) -> Optional.of(obligations.tasks(id))
                        .filter(open -> !open.isEmpty())));
        given(drafts.findAll(anyCollection())).willAnswer(call -> byKey(call.getArgument(0), drafts::find));
        given(obligations.tasksOf(anyCollection())).willAnswer(call -> {
            Collection<String> asked = call.getArgument(0);
            return List.of(TASK, FOREIGN_TASK, REVIEWING).stream()
                    .filter(task -> asked.contains(task.seatCode()))
                    .toList();
        });
        given(obligations.list(any(), anyInt(), anyInt())).willAnswer(call -> {
            Obligations.Filter filter = call.getArgument(0);
            List<Obligation> found = List.of(FOREIGN, OWED).stream()
                    .filter(one ->
                            filter.partyCode() == null || filter.partyCode().equals(one.partyCode()))
                    .toList();
            return new Obligations.Page<>(found, found.size());
        });
        given(obligations.firstTasksOf(anyString(), anyInt()))
                .willAnswer(call -> obligations.tasksOf(Set.of(call.<String>getArgument(0))));
        given(obligations.countTasksOf(anyCollection(), anyCollection(), anyCollection()))
                .willAnswer(call -> Stream.concat(
                                obligations.tasksOf(call.<Collection<String>>getArgument(0)).stream(),
                                obligations.tasksOf(call.<Collection<String>>getArgument(1)).stream()
                                        .filter(task -> !call.<Collection<String>>getArgument(2)
                                                .contains(task.duty())))
                        .collect(Collectors.groupingBy(OpenTask::seatCode, Collectors.counting())));
        given(obligations.count(any())).willAnswer(call -> {
            Obligations.Filter filter = call.getArgument(0);
            return filter.overdueOnly() ? 3L : filter.dueUntil() != null ? 7L : filter.stuck() != null ? 2L : 12L;
        });
        given(obligations.now())
                .willReturn(List.of(new Obligations.Standing(OWED, 2), new Obligations.Standing(FOREIGN, 0)));
        given(reachability.unreachable()).willReturn(Map.of("FRA", Reachability.Reach.NO_HOLDER));
        given(obligations.events(OWED.id()))
                .willReturn(List.of(
                        event(1, LedgerEvent.Kind.OPENED, "secretary", Map.of("deadline", "2026-12-06")),
                        event(
                                2,
                                LedgerEvent.Kind.TASK_OPENED,
                                LedgerEvent.SYSTEM,
                                Map.of("step", SUBMIT, "process", DUTY, "seat", "nfp-CHE"))));
        given(meetings.all()).willReturn(List.of(COP16, COP14));
        given(meetings.find(any())).willReturn(Optional.empty());
        given(meetings.find("cop14")).willReturn(Optional.of(COP14));
        given(meetings.find("cop16")).willReturn(Optional.of(COP16));
        given(meetings.zone(any())).willAnswer(call -> ZoneId.of(call.getArgument(0)));
        given(meetings.notified(List.of("cop16", "cop14")))
                .willReturn(Map.of(
                        "cop14",
                        List.of(
                                new NotifiedDate(
                                        "national-report",
                                        "cop14",
                                        LocalDate.of(2023, 4, 26),
                                        "Notification 2023/004",
                                        null,
                                        NotifiedDate.Basis.SOURCED),
                                new NotifiedDate(
                                        "resolution-draft",
                                        "cop14",
                                        LocalDate.of(2023, 11, 14),
                                        null,
                                        null,
                                        NotifiedDate.Basis.COMPUTED))));
        given(workingDays.hasHolidays("CHE")).willReturn(true);
        given(contributions.standings(anyCollection())).willAnswer(call -> {
            Map<String, Standing> standings = new HashMap<>();
            call.<Collection<String>>getArgument(0).forEach(code -> standings.put(code, standing(code)));
            return standings;
        });
        given(contributions.standing(any())).willAnswer(call -> standing(call.getArgument(0)));
        given(contributions.years("CHE")).willReturn(List.of(CONTRIBUTION));
        given(scale.of("CHE")).willReturn(Optional.of(SHARE));
        given(scale.all()).willReturn(Map.of("CHE", SHARE));
        given(instruments.of("CHE"))
                .willReturn(List.of(
                        new Instruments.Membership("CHE", "AEWA", LocalDate.of(2000, 1, 1), Basis.ASSUMED, "Made up")));
        given(occasions.findMissed(MISSED.id())).willReturn(Optional.of(MISSED));
        given(occasions.missed()).willReturn(List.of(MISSED));
        given(campaigns.preview(eq("delegate-funding"), eq("cop16"), any()))
                .willReturn(new Preview("delegate-funding", "cop16", List.of(), MISSED.late()));
        given(timeLapse.progress()).willReturn(new TimeLapse.Progress(NOW, null));
        given(notices.gate()).willReturn(new Notices.Gate(true, null));
        given(gate.state()).willReturn(new Notices.Gate(true, null));
        given(lists.told(any(), any(), any())).willReturn(new PartyLists.Standing("", List.of()));
        given(mailServer.status())
                .willReturn(new MailServer.Status(MailServer.Condition.WELL, null, NOW, null, null, 0, null, 0, false));
        given(gate.lever()).willReturn(new MailGate.Lever(false, null, null, null));
        given(deliveries.held()).willReturn(new Deliveries.Held(0, 0, Map.of(), new Deliveries.Release(0, 0, 0, 0)));
        given(deliveries.trail(any())).willReturn(new Deliveries.Trail(null, List.of(), null, null));
        given(failures.limit()).willReturn(new DeliveryFailures.Limit(5, Duration.ofHours(1)));
        given(correspondence.mailbox()).willReturn(new Correspondence.Mailbox(false, null, null, 0));
        given(notices.of(OWED.id())).willReturn(List.of(notice(Notice.State.SENT)));
    }

    private static <K, V> Map<K, V> byKey(Collection<K> keys, Function<K, Optional<V>> one) {
        Map<K, V> found = new HashMap<>();
        keys.forEach(key -> one.apply(key).ifPresent(value -> found.put(key, value)));
        return found;
    }

    /** Switzerland owes four years, France nothing. */
    protected static Standing standing(String party) {
        boolean owes = party.equals("CHE");
        return new Standing(
                party,
                true,
                owes,
                2026,
                new BigDecimal("1250.00"),
                new BigDecimal(owes ? "250.00" : "1250.00"),
                new BigDecimal(owes ? "200.00" : "0.00"),
                new BigDecimal(owes ? "800.00" : "0.00"),
                owes ? 4 : 0,
                3,
                new BigDecimal(owes ? "400.00" : "0.00"),
                List.of(),
                2020,
                2026);
    }

    /** What a reader sees at an address. */
    protected MvcTestResult get(String address, Account reader, Locale language) {
        return http.get()
                .uri(address)
                .with(user(reader.username()))
                .locale(language)
                .exchange();
    }

    /** A form sent, with the token that it carried. */
    protected MockMvcTester.MockMvcRequestBuilder post(String address, Account reader) {
        return http.post()
                .uri(address)
                .with(user(reader.username()))
                .with(csrf())
                .locale(Locale.ENGLISH);
    }

    /** The page as HTML. */
    protected static Document page(MvcTestResult result) {
        try {
            return Jsoup.parse(result.getResponse().getContentAsString(StandardCharsets.UTF_8));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What can be read on the page. */
    protected static String text(MvcTestResult result) {
        return page(result).text().replace('\u00a0', ' ');
    }

    protected static Account account(String username, String name, @Nullable String party, String... seats) {
        return new Account(
                username, name, username + "@example.org", Locale.ENGLISH, party, Set.of(seats), party == null);
    }

    protected static Holder holder(String seat, String username, String name, boolean confirmed) {
        return new Holder(
                UUID.nameUUIDFromBytes((seat + username).getBytes(StandardCharsets.UTF_8)),
                seat,
                username,
                name,
                username + "@example.org",
                Locale.FRENCH,
                LocalDate.of(2025, 1, 1),
                null,
                confirmed,
                null);
    }

    /** Switzerland's people read their clock in that zone. */
    protected void reads(ZoneId zone) {
        Party there = new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH, zone);
        given(parties.find("CHE")).willReturn(Optional.of(there));
        given(parties.all()).willReturn(List.of(there, FRANCE));
    }

    protected static Obligation obligation(String party, LocalDate day, Obligation.State state) {
        return new Obligation(
                UUID.nameUUIDFromBytes((party + state).getBytes(StandardCharsets.UTF_8)),
                DUTY,
                "2026-11",
                party,
                state,
                new Deadline(day, BONN, Deadline.Origin.RULE, "opened+30D", false),
                Instant.parse("2026-11-06T09:00:00Z"),
                state.open() ? null : NOW,
                false,
                state.open() ? new Obligation.NextAct("reminder-7", Instant.parse("2026-11-29T07:00:00Z")) : null);
    }

    protected static OpenTask task(String id, Obligation obligation, String step, String seat) {
        return new OpenTask(
                id,
                obligation.id(),
                DUTY,
                step,
                seat,
                Instant.parse("2026-11-06T09:00:05Z"),
                obligation.deadline().at());
    }

    protected static Submission submission(
            Obligation obligation, String step, String seat, String by, int version, Map<String, Object> values) {
        return new Submission(
                UUID.nameUUIDFromBytes((step + version).getBytes(StandardCharsets.UTF_8)),
                obligation.id(),
                "task-" + step + version,
                step,
                version,
                values,
                by,
                seat,
                false,
                false,
                Instant.parse("2026-11-20T15:30:00Z"),
                "S-2026-00000" + version + (step.equals(REVIEW) ? "9" : "1"));
    }

    protected static LedgerEvent event(int number, LedgerEvent.Kind kind, String actor, Map<String, String> details) {
        return new LedgerEvent(
                OWED.id(), number, Instant.parse("2026-11-06T09:00:00Z"), kind, actor, details, "0".repeat(64));
    }

    protected static Notice notice(Notice.State state) {
        return new Notice(
                UUID.nameUUIDFromBytes(state.name().getBytes(StandardCharsets.UTF_8)),
                OWED.id(),
                "opened@2026-12-06",
                "opened",
                "nfp-CHE",
                false,
                "Anna Muster",
                "che-nfp@example.org",
                Locale.FRENCH,
                "Veuillez confirmer la nomination avant le 6 décembre 2026",
                "Madame,\n\nLe Secrétariat vous prie de confirmer la nomination.",
                "<p>Madame, <script>alert(1)</script></p>",
                "<n1@sterna.example>",
                state,
                null,
                state == Notice.State.SENT ? "250 OK" : null,
                1,
                Instant.parse("2026-11-06T09:01:00Z"),
                state == Notice.State.SENT ? Instant.parse("2026-11-06T09:02:00Z") : null);
    }
}
