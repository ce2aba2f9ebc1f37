package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;

class JdbcNoticesTests {

    private static final int SOME_PORT = 25;

    /** What notices that are copied from one have in common with it. */
    private static final String COPIED =
            "obligation_id, kind, seat_code, as_copy, recipient, email, email_key, language,"
                    + " subject, text_body, html_body, attempts, next_attempt_at, created_at";

    private static final Holder ANNA = Chancery.holder("Anna", "Anna@example.org", Locale.FRENCH);
    private static final Holder BEN = Chancery.holder("Ben", "ben@example.org", Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource
    void writesOneNoticeForEverybodyWhomTheSeatsReach(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA, BEN);

        int written = chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));

        assertThat(written).isEqualTo(2);
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(Notice::recipient, Notice::email, Notice::language, Notice::seatCode, Notice::state)
                .containsExactly(
                        tuple("Anna", "Anna@example.org", Locale.FRENCH, "nfp-CHE", State.QUEUED),
                        tuple("Ben", "ben@example.org", Locale.ENGLISH, "nfp-CHE", State.QUEUED));
        assertThat(chancery.notices.find(
                        chancery.notices.of(obligation.id()).get(0).id()))
                .contains(chancery.notices.of(obligation.id()).get(0));
    }

    @Test
    void writesOnceToSomebodyWhomSeveralSeatsReachAndNotAsACopy() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        chancery.seat("min-CHE", Chancery.holder("Ministry", "anna@EXAMPLE.org", Locale.FRENCH), BEN);

        int written = chancery.notices.issue(new Notices.Request(
                obligation.id(), "m", "overdue", List.of("nfp-CHE"), List.of("min-CHE"), true, Map.of()));

        assertThat(written).isEqualTo(2);
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(Notice::email, Notice::copy)
                .containsExactly(tuple("Anna@example.org", false), tuple("ben@example.org", true));
    }

    @ParameterizedTest
    @EnumSource
    void writesNothingTwiceForAMilestone(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        chancery.seat("nfp-CHE", ANNA, BEN);

        assertThat(chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE")))
                .isEqualTo(1);
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(Notice::recipient)
                .containsExactly("Anna", "Ben");
    }

    @ParameterizedTest
    @EnumSource
    void writesEachNoticeOnceUnderEightThreads(Chancery.On on) throws Exception {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA, BEN);
        CyclicBarrier start = new CyclicBarrier(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            writers.add(() -> {
                start.await();
                return chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
            });
        }

        int written = 0;
        for (Future<Integer> writer : threads.invokeAll(writers)) {
            written += writer.get();
        }
        threads.shutdown();

        assertThat(written).isEqualTo(2);
        assertThat(chancery.notices.of(obligation.id())).hasSize(2);
        ArgumentCaptor<List<Ledger.Fact>> told = ArgumentCaptor.captor();
        verify(chancery.ledger, atLeastOnce()).record(told.capture());
        assertThat(told.getAllValues().stream().flatMap(List::stream)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void reachesEveryNoticeOnceInWhateverSteps(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        Notice first = chancery.only(obligation);
        Random chance = new Random(3);
        List<UUID> ids = new ArrayList<>(List.of(first.id()));
        Map<UUID, State> states = new HashMap<>();
        // more than are read at a time for a file
        chancery.jdbc
                .sql("update notice set state = 'SENT' where id = :id")
                .param("id", first.id())
                .update();
        states.put(first.id(), State.SENT);
        for (int i = 1; i < 1200; i++) {
            UUID id = UUID.randomUUID();
            State state = State.values()[chance.nextInt(State.values().length)];
            chancery.jdbc
                    .sql("insert into notice (" + COPIED + ", id, milestone, message_id, state) select " + COPIED
                            + ", :id, :milestone, :message, :state from notice where id = :first")
                    .param("id", id)
                    .param("milestone", "m-" + i)
                    .param("message", "<" + id + "@sterna>")
                    .param("state", state.name())
                    .param("first", first.id())
                    .update();
            ids.add(0, id);
            states.put(id, state);
        }

        assertThat(chancery.notices.counts())
                .isEqualTo(
                        states.values().stream().collect(Collectors.groupingBy(state -> state, Collectors.counting())));
        for (int size : List.of(7, 500, 33, 200, 50)) {
            for (State state : Stream.concat(Stream.of((State) null), Stream.of(State.values()))
                    .toList()) {
                List<UUID> expected = ids.stream()
                        .filter(id -> state == null || states.get(id) == state)
                        .toList();
                List<UUID> paged = new ArrayList<>();
                List<UUID> walked = new ArrayList<>();
                long total = expected.size();
                for (int page = 0; (long) page * size < total; page++) {
                    var read = chancery.notices.list(state, page, size);
                    total = read.total();
                    read.items().forEach(notice -> paged.add(notice.id()));
                }
                chancery.notices.each(state, notice -> walked.add(notice.id()));

                assertThat(paged).as("%s by %d", state, size).isEqualTo(expected);
                assertThat(walked).as("%s", state).isEqualTo(expected);
            }
        }
    }

    /** A lost race must leave the caller's transaction usable, also on PostgreSQL. */
    @ParameterizedTest
    @EnumSource
    void lastsThroughALostRaceInTheCallersTransaction(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        Notice first = chancery.only(obligation);

        boolean put = chancery.transaction.execute(status -> {
            boolean again = !chancery.outbox.put(List.of(first)).isEmpty();
            chancery.seat("nfp-CHE", BEN);
            chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
            return again;
        });

        assertThat(put).isFalse();
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(Notice::recipient)
                .containsExactly("Anna", "Ben");
    }

    /** Queues as chance has them, beside notices counted one by one. */
    @ParameterizedTest
    @EnumSource
    void countsAndListsEachStateAsItStands(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        chancery.seat("nfp-CHE", ANNA, BEN);
        List<Obligation> about = Stream.generate(() -> chancery.obligation(Obligation.State.WITH_PARTY))
                .limit(15)
                .toList();
        about.forEach(obligation -> chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE")));
        Random chance = new Random(1);
        for (int queue = 0; queue < 8; queue++) {
            // some states are rare in some queues, and in some there are none of them
            int states = 1 + chance.nextInt(State.values().length);
            all(chancery, about).forEach(notice -> chancery.jdbc
                    .sql("update notice set state = :state, kind = :kind where id = :id")
                    .param("state", State.values()[chance.nextInt(states)].name())
                    .param("kind", chance.nextBoolean() ? "reminder" : "overdue")
                    .param("id", notice.id())
                    .update());
            List<Notice> all = all(chancery, about);

            for (State state : State.values()) {
                List<Notice> in =
                        all.stream().filter(notice -> notice.state() == state).toList();
                assertThat(chancery.notices.counts().getOrDefault(state, 0L))
                        .as("%s in queue %d", state, queue)
                        .isEqualTo(in.size());
                assertThat(chancery.notices.list(state, 0, 100).items()).containsExactlyInAnyOrderElementsOf(in);
                assertThat(chancery.notices.list(state, 0, 4).total()).isEqualTo(in.size());
            }
            assertThat(chancery.deliveries.held().byKind())
                    .isEqualTo(all.stream()
                            .filter(notice -> notice.state() == State.HELD)
                            .collect(Collectors.groupingBy(Notice::kind, Collectors.counting())));
        }
    }

    private static List<Notice> all(Chancery chancery, List<Obligation> about) {
        return about.stream()
                .flatMap(obligation -> chancery.notices.of(obligation.id()).stream())
                .toList();
    }

    @Test
    void belongsToTheCallersTransaction() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);

        chancery.transaction.executeWithoutResult(status -> {
            chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
            status.setRollbackOnly();
        });

        assertThat(chancery.notices.of(obligation.id())).isEmpty();
    }

    @Test
    void tellsTheLedger() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);

        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));

        verify(chancery.ledger)
                .record(List.of(new Ledger.Fact(
                        obligation.id(),
                        LedgerEvent.Kind.NOTICE_ISSUED,
                        LedgerEvent.SYSTEM,
                        Map.of("kind", "reminder", "seat", "nfp-CHE", "milestone", "reminder-14@2027-01-15"))));
    }

    @Test
    void namesTheSameNoticeTheSameWhereverItIsWritten() {
        UUID id = UUID.randomUUID();
        List<String> messageIds = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
            Obligation obligation = chancery.obligation(id, Obligation.State.WITH_PARTY, Chancery.DEADLINE);
            chancery.seat("nfp-CHE", ANNA);
            chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
            messageIds.add(chancery.only(obligation).messageId());
        }

        assertThat(messageIds.get(0)).isEqualTo(messageIds.get(1)).matches("<[0-9a-f]{64}@sterna\\.example\\.org>");
    }

    @Test
    void holdsNoticesWhileNoMailServerIsConfigured() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), null);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);

        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));

        Notice held = chancery.only(obligation);
        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.reason()).isEqualTo("notice.gate.no-mail-server");
        assertThat(chancery.notices.gate()).isEqualTo(new Notices.Gate(false, "notice.gate.no-mail-server"));
        assertThatThrownBy(() -> chancery.notices.release(held.id(), "sec"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No mail server");
    }

    @ParameterizedTest
    @EnumSource
    void releasesAHeldNoticeOnce(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        chancery.gate.shut("sec", "restored from a backup");
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        Notice held = chancery.only(obligation);

        chancery.notices.release(held.id(), "sec");

        assertThat(held.reason()).isEqualTo("notice.gate.shut");
        assertThat(chancery.only(obligation))
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.QUEUED, null);
        assertThatThrownBy(() -> chancery.notices.release(held.id(), "sec"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not held");
    }

    @Test
    void opensTheGateAgain() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
        chancery.gate.shut("sec", "restored from a backup");
        chancery.gate.open("sec");

        assertThat(chancery.notices.gate()).isEqualTo(new Notices.Gate(true, null));
    }

    @ParameterizedTest
    @EnumSource
    void listsTheNewestFirstAndCounts(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), SOME_PORT);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", ANNA);
        for (int i = 1; i <= 3; i++) {
            chancery.notices.issue(Chancery.request(obligation, "reminder", "m" + i, Map.of(), "nfp-CHE"));
        }

        assertThat(chancery.notices.list(null, 0, 2).items())
                .extracting(Notice::milestone)
                .containsExactly("m3", "m2");
        assertThat(chancery.notices.list(State.QUEUED, 1, 2).items())
                .extracting(Notice::milestone)
                .containsExactly("m1");
        assertThat(chancery.notices.list(State.SENT, 0, 2).total()).isZero();
        assertThat(chancery.notices.counts())
                .containsEntry(State.QUEUED, 3L)
                .containsEntry(State.SENT, 0L)
                .hasSize(State.values().length);
    }

    @Test
    void refusesAnObligationThatDoesNotExist() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), SOME_PORT);
        UUID unknown = UUID.randomUUID();

        assertThatThrownBy(() -> chancery.notices.issue(
                        new Notices.Request(unknown, "m", "reminder", List.of("nfp-CHE"), List.of(), false, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(unknown.toString());
    }
}
