package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sterna.MailSink;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;

/** What a rung tells a seat that stands for many Parties: one list, which is right when it leaves. */
class ListsOfPartiesTests {

    private static final String MILESTONE = "overdue-1@" + Chancery.DEADLINE;
    private static final Duration GATHERED = Duration.ofMinutes(2);

    private MailSink sink;

    @BeforeEach
    void start() throws IOException {
        sink = new MailSink();
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private static Holder representative(Locale language) {
        return Chancery.holder("Amina", "rep@example.org", language);
    }

    private static Obligation owed(Chancery chancery, String party) {
        return chancery.obligation(UUID.randomUUID(), party, Obligation.State.WITH_PARTY, Chancery.DEADLINE);
    }

    private static Obligation now(Chancery chancery, Obligation one, Obligation.State state) {
        return chancery.obligation(
                one.id(), one.partyCode(), state, one.deadline().on());
    }

    private static Notices.Request overdue(Obligation obligation) {
        return Chancery.request(obligation, "overdue", MILESTONE, Map.of(), "rep-africa");
    }

    private Chancery chancery(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), sink.port());
        chancery.seat("rep-africa", representative(Locale.ENGLISH));
        return chancery;
    }

    private static List<Notice> all(Chancery chancery) {
        return chancery.notices.list(null, 0, 100).items();
    }

    @ParameterizedTest
    @EnumSource
    void tellsManyPartiesInOneNoticeWhoeverTheirClocksBelongTo(Chancery.On on) {
        Chancery chancery = chancery(on);
        List<Obligation> three = List.of(owed(chancery, "KEN"), owed(chancery, "EGY"), owed(chancery, "CIV"));
        now(chancery, owed(chancery, "ZWE"), Obligation.State.DISCHARGED);
        owed(chancery, "CHE");

        chancery.notices.issue(List.of(overdue(three.get(0)), overdue(three.get(1))));
        chancery.clock.advance(Duration.ofSeconds(90));
        chancery.notices.issue(overdue(three.get(2)));
        chancery.notices.issue(overdue(three.get(2)));
        assertThat(all(chancery).get(0).text())
                .as("whoever reads it before it leaves")
                .contains("Missing (3): Côte d’Ivoire; Egypt; Kenya");
        chancery.clock.advance(Duration.ofSeconds(90));
        chancery.sender.sendDue();
        boolean early = sink.count() > 0;
        chancery.clock.advance(GATHERED);
        chancery.sender.sendDue();

        assertThat(early).as("it waits for more").isFalse();
        assertThat(all(chancery)).singleElement().satisfies(list -> {
            assertThat(list.state()).isEqualTo(State.SENT);
            assertThat(list.kind()).isEqualTo("list");
            assertThat(list.subject()).startsWith("africa: 1 of 4 Parties have answered");
            assertThat(list.text())
                    .contains("Missing (3): Côte d’Ivoire; Egypt; Kenya")
                    .contains("You need not answer yourself.")
                    .doesNotContain("Switzerland", "waits for your answer", "/task")
                    .contains(
                            "https://sterna.example.org/desk/parties?duty=nomination-confirmation&occasion=2027&missing=true");
        });
        three.forEach(one -> assertThat(chancery.notices.of(one.id())).hasSize(1));
        assertThat(sink.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void namesNobodyWhoHasAnsweredInBetween(Chancery.On on) {
        Chancery chancery = chancery(on);
        Obligation kenya = owed(chancery, "KEN");
        Obligation egypt = owed(chancery, "EGY");
        chancery.notices.issue(List.of(overdue(kenya), overdue(egypt)));
        now(chancery, kenya, Obligation.State.WITH_SECRETARIAT);
        chancery.clock.advance(GATHERED);
        chancery.sender.sendDue();

        assertThat(all(chancery)).singleElement().satisfies(list -> {
            assertThat(list.subject()).contains("1 of 2 Parties");
            assertThat(list.text())
                    .contains("Missing (1): Egypt", "With the Secretariat: 1")
                    .doesNotContain("Kenya");
            assertThat(Jsoup.parse(list.html()).text())
                    .contains("Missing (1) Egypt", "With the Secretariat 1")
                    .doesNotContain("Kenya");
        });
    }

    @Test
    void isNotSentWhenNobodyIsMissing() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        Obligation egypt = owed(chancery, "EGY");
        chancery.gate.shut("sec", "a drill");
        chancery.notices.issue(List.of(overdue(kenya), overdue(egypt)));
        now(chancery, kenya, Obligation.State.DISCHARGED);
        now(chancery, egypt, Obligation.State.EXCUSED);
        chancery.clock.advance(GATHERED);
        chancery.gate.open("sec");
        Deliveries.Held held = chancery.deliveries.held();
        chancery.deliveries.releaseAll(held.newest(), "sec");
        chancery.sender.sendDue();

        assertThat(held.ifReleased()).isEqualTo(new Deliveries.Release(0, 0, 1, 0));
        assertThat(all(chancery))
                .extracting(Notice::state, Notice::reason)
                .containsExactly(tuple(State.SKIPPED, "notice.reason.no-longer-needed"));
    }

    @Test
    void leavesToTheNextDayWhatComesWhenItHasLeft() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        Obligation egypt = owed(chancery, "EGY");
        chancery.notices.issue(overdue(kenya));
        chancery.clock.advance(GATHERED);
        chancery.sender.sendDue();
        chancery.notices.issue(overdue(egypt));
        chancery.clock.advance(Duration.ofHours(2));
        chancery.sender.sendDue();
        int onTheDay = sink.count();
        chancery.clock.advance(Duration.ofDays(1));
        chancery.sender.sendDue();

        assertThat(onTheDay).isEqualTo(1);
        assertThat(all(chancery)).extracting(Notice::state).containsExactly(State.SENT, State.SENT);
        assertThat(all(chancery).get(0).text()).contains("Missing (1): Egypt", "in another list: 1");
    }

    @Test
    void gathersWhatIsHeldByTheDay() {
        Chancery chancery = chancery(Chancery.On.H2);
        chancery.gate.shut("sec", "a drill");
        chancery.notices.issue(overdue(owed(chancery, "KEN")));
        chancery.clock.advance(Duration.ofHours(5));
        chancery.notices.issue(overdue(owed(chancery, "EGY")));
        chancery.clock.advance(Duration.ofDays(1));
        chancery.notices.issue(overdue(owed(chancery, "CIV")));

        assertThat(all(chancery))
                .extracting(list -> chancery.lists.about(list).size())
                .containsExactly(1, 2);
    }

    @Test
    void splitsNoListAtMidnight() {
        Chancery chancery = chancery(Chancery.On.H2);
        chancery.clock.advance(Duration.between(
                chancery.clock.instant(),
                LocalDate.of(2027, 1, 5).atTime(23, 59, 30).atZone(ZoneId.of("Europe/Berlin"))));
        chancery.notices.issue(overdue(owed(chancery, "KEN")));
        chancery.clock.advance(Duration.ofMinutes(1));
        chancery.notices.issue(overdue(owed(chancery, "EGY")));

        assertThat(all(chancery)).hasSize(1);
    }

    @Test
    void sendsOfSeveralRungsOnlyTheNewest() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        chancery.gate.shut("sec", "a drill");
        for (String rung : List.of("overdue-1", "overdue-14")) {
            chancery.notices.issue(
                    Chancery.request(kenya, "overdue", rung + "@" + Chancery.DEADLINE, Map.of(), "rep-africa"));
            chancery.clock.advance(Duration.ofDays(1));
        }
        chancery.gate.open("sec");
        chancery.deliveries.releaseAll(chancery.deliveries.held().newest(), "sec");
        chancery.sender.sendDue();

        assertThat(all(chancery))
                .extracting(Notice::milestone, Notice::state)
                .containsExactly(
                        tuple("list.overdue-14@2027-01-02", State.SENT),
                        tuple("list.overdue-1@2027-01-01", State.SKIPPED));
    }

    @Test
    void namesTheDayOfEachWhereDeadlinesDiffer() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        LocalDate later = Chancery.DEADLINE.plusDays(3);
        Obligation egypt = chancery.obligation(UUID.randomUUID(), "EGY", Obligation.State.WITH_PARTY, later);
        chancery.notices.issue(List.of(
                overdue(kenya), Chancery.request(egypt, "overdue", "overdue-1@" + later, Map.of(), "rep-africa")));

        assertThat(all(chancery).get(0).text())
                .contains("Missing (2): Egypt (deadline 18 January 2027); Kenya (deadline 15 January 2027)")
                .doesNotContain("Deadline:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | 1 | 0 of 1 Party has answered; 1 Party that has not is named below.",
                "en | 3 | 0 of 3 Parties have answered; 3 Parties that have not are named below.",
                "fr | 1 | 0 Partie sur 1 a répondu\u00a0; 1 Partie qui ne l’a pas fait est nommée ci-dessous.",
                "fr | 3 | 0 Parties sur 3 ont répondu\u00a0; 3 Parties qui ne l’ont pas fait sont nommées ci-dessous.",
                "es | 1 | 0 de 1 Parte ha respondido; 1 Parte que no lo ha hecho se nombra a continuación.",
                "es | 3 | 0 de 3 Partes han respondido; 3 Partes que no lo han hecho se nombran a continuación."
            })
    void speaksTheReadersLanguageOfOneAndOfMany(String language, int parties, String sentence) {
        Chancery chancery = chancery(Chancery.On.H2);
        chancery.seat("rep-africa", representative(Locale.forLanguageTag(language)));
        chancery.notices.issue(List.of("KEN", "EGY", "CIV").subList(0, parties).stream()
                .map(party -> overdue(owed(chancery, party)))
                .toList());

        Notice list = all(chancery).get(0);
        assertThat(list.text()).contains(sentence);
        assertThat(Jsoup.parse(list.html()).wholeText()).contains(sentence);
        assertThat(list.calendar()).isNull();
    }

    @Test
    void leavesTheRestOfALongListToThePage() {
        Chancery chancery = chancery(Chancery.On.H2);
        List<Notices.Request> many = IntStream.range(0, 60)
                .mapToObj(i -> Chancery.request(
                        owed(chancery, "Q%02d".formatted(i)), "overdue", MILESTONE, Map.of(), "secretariat"))
                .toList();
        chancery.seat("secretariat", Chancery.holder("Office", "office@example.org", Locale.ENGLISH));
        chancery.notices.issue(many);

        assertThat(all(chancery).get(0).text())
                .contains("Missing (60): Q00; Q01", "Q39; and 20 more: see the full list")
                .doesNotContain("Q40");
    }

    @ParameterizedTest
    @EnumSource
    void isOneWhenNodesWriteAtOnce(Chancery.On on) throws Exception {
        DataSource database = on.database();
        Chancery one = new Chancery(database, sink.port());
        Chancery other = new Chancery(database, sink.port());
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                String rung = "overdue-" + (round + 1) + "@" + Chancery.DEADLINE;
                List<Callable<Integer>> writers =
                        List.of(writer(one, start, rung, "KEN"), writer(other, start, rung, "EGY"));
                for (Future<Integer> written : threads.invokeAll(writers)) {
                    assertThat(written.get()).isEqualTo(1);
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(all(one)).hasSize(10);
        assertThat(all(one))
                .allSatisfy(list -> assertThat(one.lists.about(list)).hasSize(2));
    }

    private static Callable<Integer> writer(Chancery chancery, CyclicBarrier start, String milestone, String party) {
        chancery.seat("rep-africa", representative(Locale.ENGLISH));
        Obligation owed = owed(chancery, party);
        return () -> {
            start.await();
            return chancery.notices.issue(Chancery.request(owed, "overdue", milestone, Map.of(), "rep-africa"));
        };
    }

    @Test
    void countsAsToldForEachParty() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        chancery.notices.issue(overdue(kenya));

        assertThat(chancery.jdbc
                        .sql("select count(*) from notice_list_member where obligation_id = :id and milestone = :key")
                        .param("id", kenya.id())
                        .param("key", MILESTONE)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(chancery.notices.issue(overdue(kenya))).isZero();
        assertThat(all(chancery).get(0).messageId()).endsWith("@sterna.example.org>");
    }

    @Test
    void goesOnToTheNextOfficeWhenTheAddressIsGone() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            chancery.seat("rep-africa", Chancery.holder("Amina", "gone@example.org", Locale.ENGLISH));
            chancery.notices.issue(overdue(owed(chancery, "KEN")));
            chancery.seat("rep-africa", Chancery.holder("Office", "office@example.org", Locale.ENGLISH));
            chancery.clock.advance(GATHERED);
            chancery.sender.sendDue();
            chancery.sender.sendDue();

            assertThat(server.taken).containsExactly("office@example.org");
            assertThat(all(chancery)).extracting(Notice::state).containsExactly(State.SENT, State.FAILED);
            assertThat(chancery.lists.about(all(chancery).get(0))).hasSize(1);
        }
    }

    /** Only what the ladder told the seat. */
    @Test
    void showsARepresentativeTheRegionAndNothingBeforeItWasTold() {
        Chancery chancery = chancery(Chancery.On.H2);
        Obligation kenya = owed(chancery, "KEN");
        owed(chancery, "CHE");
        PartyLists.Standing before = chancery.lists.told(Chancery.DUTY, "2027", List.of("rep-africa"));
        chancery.notices.issue(overdue(kenya));

        assertThat(before.obligations()).isEmpty();
        assertThat(chancery.lists
                        .told(Chancery.DUTY, "2027", List.of("rep-africa", "nfp-KEN"))
                        .obligations())
                .extracting(Obligation::partyCode)
                .containsExactly("KEN");
        assertThat(chancery.lists
                        .told(Chancery.DUTY, "2027", List.of("rep-europe", "nfp-KEN"))
                        .obligations())
                .isEmpty();
        assertThat(chancery.lists
                        .told(Chancery.DUTY, "2031", List.of("rep-africa"))
                        .obligations())
                .isEmpty();
    }

    @Test
    void asksADayInBonnWhichDayItIs() {
        Chancery chancery = chancery(Chancery.On.H2);
        chancery.clock.advance(Duration.between(
                chancery.clock.instant(),
                LocalDate.of(2027, 1, 5).atTime(23, 30).atZone(ZoneId.of("UTC"))));
        chancery.notices.issue(overdue(owed(chancery, "KEN")));

        assertThat(all(chancery)).extracting(Notice::milestone).containsExactly("list.overdue-1@2027-01-06");
    }
}
