package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Addresses;
import org.sterna.register.Holder;

class DeliveriesTests {

    private static final Holder ANNA = Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH);
    private static final Holder BEN = Chancery.holder("Ben", "ben@example.org", Locale.ENGLISH);

    @TempDir
    Path folder;

    private FaultyMailServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyMailServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void delaysWhatIsTooMuchForOneRecipientWithinAnHourAndDropsNothing(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), server.port(), false, settings(3, "here"));
        for (int i = 0; i < 8; i++) {
            issue(chancery, "reminder", ANNA);
        }
        issue(chancery, "reminder", BEN);

        chancery.sender.sendDue();
        assertThat(server.taken)
                .containsOnly("anna@example.org", "ben@example.org")
                .hasSize(4);
        assertThat(chancery.notices.list(State.QUEUED, 0, 10).items())
                .hasSize(5)
                .extracting(Notice::reason)
                .containsOnly("notice.reason.capped");
        chancery.clock.advance(Duration.ofMinutes(59));
        chancery.sender.sendDue();
        assertThat(server.taken).hasSize(4);
        chancery.clock.advance(Duration.ofMinutes(1));
        chancery.sender.sendDue();
        assertThat(server.taken).hasSize(7);
        chancery.clock.advance(Duration.ofHours(1));
        chancery.sender.sendDue();

        assertThat(server.taken).hasSize(9);
        assertThat(chancery.notices.counts()).containsEntry(State.SENT, 9L);
        assertThat(chancery.notices.list(State.SENT, 0, 10).items())
                .extracting(Notice::reason, Notice::attempts)
                .containsOnly(tuple(null, 1));
    }

    @ParameterizedTest
    @EnumSource
    void releasesAllThatWasCountedAndNothingThatCameLater(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), server.port());
        chancery.gate.shut("sec", "a drill");
        issue(chancery, "reminder", ANNA);
        issue(chancery, "overdue", BEN);
        Deliveries.Held held = chancery.deliveries.held();
        issue(chancery, "reminder", BEN);

        int released = chancery.deliveries.releaseAll(held.newest(), "sec");
        chancery.sender.sendDue();

        assertThat(held.count()).isEqualTo(2);
        assertThat(held.byKind()).isEqualTo(Map.of("overdue", 1L, "reminder", 1L));
        assertThat(released).isEqualTo(2);
        assertThat(server.taken).containsExactly("anna@example.org", "ben@example.org");
        assertThat(chancery.notices.counts()).containsEntry(State.HELD, 1L);
    }

    @Test
    void discardsWhatIsHeldAndNothingElse() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice queued = issue(chancery, "reminder", ANNA);
        chancery.gate.shut("sec", "a drill");
        Notice one = issue(chancery, "reminder", ANNA);
        Notice other = issue(chancery, "reminder", BEN);

        chancery.deliveries.discard(one.id(), "sec");
        int discarded =
                chancery.deliveries.discardAll(chancery.deliveries.held().newest(), "sec");

        assertThat(discarded).isEqualTo(1);
        assertThat(List.of(find(chancery, one), find(chancery, other)))
                .extracting(Notice::state, Notice::reason)
                .containsOnly(tuple(State.SKIPPED, "notice.reason.discarded"));
        assertThat(chancery.deliveries.trail(one.id()).decidedBy()).isEqualTo("sec");
        assertThatIllegalStateException().isThrownBy(() -> chancery.deliveries.discard(queued.id(), "sec"));
    }

    @Test
    void sendsNothingFromACopyUntilAPersonConfirms() {
        DataSource database = Chancery.On.H2.database();
        Chancery original = new Chancery(database, server.port(), false, settings(1000, "here"));
        original.sender.sendDue();
        Notice queued = issue(original, "reminder", ANNA);
        original.gate.shut("sec", "for a moment");
        Notice released = issue(original, "reminder", BEN);
        original.deliveries.releaseAll(Long.MAX_VALUE, "sec");
        original.gate.open("sec");
        Chancery copy = new Chancery(database, server.port(), false, settings(1000, "elsewhere"));
        copy.sender.sendDue();
        assertThat(server.taken).as("of a backup of this minute").isEmpty();
        copy.clock.advance(copy.delivery.patience());

        copy.sender.sendDue();

        assertThat(copy.gate.state()).isEqualTo(new Notices.Gate(false, "notice.gate.restored"));
        assertThat(server.taken).isEmpty();
        assertThat(List.of(find(copy, queued), find(copy, released)))
                .extracting(Notice::state, Notice::reason)
                .containsOnly(tuple(State.HELD, "notice.gate.restored"));
        copy.gate.confirm("sec");
        assertThat(copy.gate.state().open()).isTrue();
        copy.sender.sendDue();
        assertThat(server.taken).as("confirming releases nothing by itself").isEmpty();
        original.sender.sendDue();
        assertThat(original.gate.state().reason())
                .as("mail leaves from one place only")
                .isEqualTo("notice.gate.other-name");
    }

    @Test
    void sendsNothingFromAnOlderStateOfItsOwnDatabase() {
        DataSource database = Chancery.On.H2.database();
        Chancery before = new Chancery(database, server.port(), false, settings(1000, null));
        issue(before, "reminder", ANNA);
        before.sender.sendDue();
        Chancery restarted = new Chancery(database, server.port(), false, settings(1000, null));
        assertThat(restarted.gate.state().open()).as("after a restart").isTrue();
        // as the backup had it, from before the mail was sent
        restarted
                .jdbc
                .sql("update mail_gate set rounds = 0; update notice set state = 'QUEUED', sent_at = null")
                .update();

        Chancery restored = new Chancery(database, server.port(), false, settings(1000, null));
        restored.clock.advance(restored.delivery.patience());
        restored.sender.sendDue();

        assertThat(server.taken).hasSize(1);
        assertThat(restored.gate.state().reason()).isEqualTo("notice.gate.restored");
        restored.gate.confirm("sec");
        assertThat(restored.gate.state().open()).isTrue();
        assertThat(new Chancery(database, server.port(), false, settings(1000, null))
                        .gate
                        .state()
                        .open())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void holdsNothingThatAnotherNodeMaySend(Chancery.On on) {
        DataSource database = on.database();
        Chancery first = new Chancery(database, server.port(), false, settings(1000, "here"));
        first.sender.sendDue();
        Notice queued = issue(first, "reminder", ANNA);
        List<Chancery> others = List.of(
                new Chancery(database, server.port(), false, settings(1000, "elsewhere")),
                new Chancery(database, null, false, settings(1000, "here")));

        others.forEach(other -> other.sender.sendDue());
        List<Notice> theirs =
                others.stream().map(other -> issue(other, "overdue", BEN)).toList();

        assertThat(others)
                .extracting(other -> other.gate.state().reason())
                .containsExactly("notice.gate.other-name", "notice.gate.no-mail-server");
        assertThat(find(first, queued).state()).isEqualTo(State.QUEUED);
        assertThat(theirs).extracting(Notice::state).containsOnly(State.QUEUED);
        assertThat(server.taken).isEmpty();
        others.get(0).gate.confirm("sec");
        first.sender.sendDue();
        assertThat(first.gate.state().open()).isTrue();
        assertThat(server.taken).containsExactly("anna@example.org");
    }

    @ParameterizedTest
    @EnumSource
    void takesTheNameOfANodeThatWorksOnTheSameData(Chancery.On on) {
        DataSource database = on.database();
        Chancery first = new Chancery(database, server.port(), false, unnamed("first"));
        first.sender.sendDue();
        Chancery second = new Chancery(database, server.port(), false, unnamed("second"));
        second.sender.sendDue();
        assertThat(second.gate.state().reason()).as("asks").isEqualTo("notice.gate.other-name");

        first.gate.greet();
        issue(second, "reminder", ANNA);
        second.sender.sendDue();

        assertThat(second.gate.state().open()).isTrue();
        assertThat(server.taken).containsExactly("anna@example.org");
        assertThat(first.gate.state().open()).isTrue();
        assertThat(new Chancery(database, server.port(), false, unnamed("second"))
                        .gate
                        .state()
                        .open())
                .as("after a restart, without asking anybody")
                .isTrue();
    }

    @Test
    void asksInVainInACopy() {
        DataSource database = Chancery.On.H2.database();
        new Chancery(database, server.port(), false, unnamed("first")).sender.sendDue();
        Chancery copy = new Chancery(database, server.port(), false, unnamed("copy"));
        Chancery copyOfTheCopy = new Chancery(database, server.port(), false, unnamed("another"));
        List<Chancery> copies = List.of(copy, copyOfTheCopy);
        copies.forEach(one -> one.sender.sendDue());
        copies.forEach(one -> one.clock.advance(one.delivery.patience()));

        copies.forEach(one -> one.sender.sendDue());
        copies.forEach(one -> one.sender.sendDue());

        assertThat(copies).extracting(one -> one.gate.state().reason()).containsOnly("notice.gate.restored");
    }

    @Test
    void joinsNobodyWithAnOlderStateOfItsOwnDatabase() {
        DataSource database = Chancery.On.H2.database();
        Chancery before = new Chancery(database, server.port(), false, settings(1000, null));
        issue(before, "reminder", ANNA);
        before.sender.sendDue();
        before.jdbc.sql("update mail_gate set rounds = 0").update();
        Chancery restored = new Chancery(database, server.port(), false, settings(1000, null));

        restored.sender.sendDue();

        assertThat(restored.gate.state().open()).isFalse();
        assertThat(restored.jdbc
                        .sql("select count(*) from installation_question")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsTheGateShutWhereItCannotKnowItselfAgain() throws IOException {
        Path file = java.nio.file.Files.createFile(folder.resolve("a-file")).resolve("installation");
        DeliverySettings settings = new DeliverySettings(
                1,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                0,
                null,
                null,
                file,
                Duration.ofMinutes(2),
                Duration.ofMinutes(15));

        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port(), false, settings);

        assertThat(chancery.gate.state().reason()).isEqualTo("notice.gate.unmarked");
    }

    @Test
    void takesAPersonsWordThatAnUncertainNoticeArrived() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice cut = issue(chancery, "overdue", Chancery.holder("Cut", "cut@example.org", Locale.ENGLISH));
        chancery.sender.sendDue();

        chancery.deliveries.arrived(cut.id(), "sec");

        assertThat(find(chancery, cut))
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.SENT, "notice.reason.arrived");
        assertThat(chancery.deliveries.trail(cut.id()).decidedBy()).isEqualTo("sec");
        assertThatIllegalStateException().isThrownBy(() -> chancery.deliveries.sendAgain(cut.id(), "sec"));
    }

    @Test
    void sendsAnUncertainNoticeAgainUnderItsMessageId() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice cut = issue(chancery, "overdue", Chancery.holder("Cut", "cut@example.org", Locale.ENGLISH));
        chancery.sender.sendDue();
        server.heal("cut");

        chancery.deliveries.sendAgain(cut.id(), "sec");
        chancery.sender.sendDue();

        assertThat(server.taken).containsExactly("cut@example.org");
        assertThat(find(chancery, cut))
                .extracting(Notice::state, Notice::reason, Notice::messageId)
                .containsExactly(State.SENT, "notice.reason.repeated", cut.messageId());
    }

    @ParameterizedTest
    @EnumSource
    void sendsANoticeAnewAsOneOfItsOwn(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), server.port());
        Notice first = issue(chancery, "overdue", ANNA);
        assertThatIllegalStateException()
                .as("what waits is not sent anew")
                .isThrownBy(() -> chancery.deliveries.resend(first.id(), "sec"));
        chancery.sender.sendDue();

        UUID second = chancery.deliveries.resend(first.id(), "sec");
        UUID third = chancery.deliveries.resend(first.id(), "sec");
        chancery.sender.sendDue();

        assertThat(chancery.notices.of(first.obligationId()))
                .extracting(Notice::id, Notice::milestone, Notice::state, Notice::text)
                .containsExactly(
                        tuple(first.id(), first.milestone(), State.SENT, first.text()),
                        tuple(second, first.milestone() + "/2", State.SENT, first.text()),
                        tuple(third, first.milestone() + "/3", State.SENT, first.text()));
        assertThat(chancery.notices.of(first.obligationId()))
                .extracting(Notice::messageId)
                .doesNotHaveDuplicates();
        assertThat(chancery.deliveries.trail(second).repeats()).isEqualTo(first.id());
        assertThat(chancery.deliveries.trail(second).decidedBy()).isEqualTo("sec");
        assertThat(chancery.deliveries.trail(first.id()).repeatedBy()).containsExactly(second, third);
        verify(chancery.ledger)
                .record(
                        first.obligationId(),
                        org.sterna.obligations.LedgerEvent.Kind.NOTICE_ISSUED,
                        "sec",
                        Map.of("kind", "overdue", "seat", "nfp-CHE", "milestone", first.milestone() + "/3"));
    }

    @Test
    void sendsNothingAnewThatIsNoLongerNeeded() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice first = issue(chancery, "overdue", ANNA);
        chancery.sender.sendDue();
        chancery.obligation(first.obligationId(), Obligation.State.DISCHARGED, Chancery.DEADLINE);

        UUID second = chancery.deliveries.resend(first.id(), "sec");
        chancery.sender.sendDue();

        assertThat(chancery.notices.find(second).orElseThrow().state()).isEqualTo(State.SKIPPED);
        assertThat(server.taken).hasSize(1);
    }

    @Test
    void sendsNothingAboutASuspendedCase() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice notice = issue(chancery, "reminder", ANNA);
        chancery.suspended.add(notice.obligationId());

        chancery.sender.sendDue();

        assertThat(find(chancery, notice))
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.SKIPPED, "notice.reason.suspended");
    }

    @ParameterizedTest
    @CsvSource({"gone, BOUNCED, FAILED", "quota, , FAILED", "spam, , FAILED", "not an address, INVALID, FAILED"})
    void goesOnDownTheLineOnlyWhereThereIsNoSuchAddress(String name, Addresses.Fault fault, State state) {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice notice = issue(chancery, "reminder", Chancery.holder("Somebody", name + "@example.org", Locale.ENGLISH));
        // who comes next on the line of the seat
        chancery.seat("nfp-CHE", BEN);

        chancery.sender.sendDue();

        assertThat(find(chancery, notice).state()).isEqualTo(state);
        if (fault == null) {
            verify(chancery.addresses, never()).mark(any(), any(), any());
            assertThat(server.taken).isEmpty();
        } else {
            verify(chancery.addresses).mark(eq(notice.email()), eq(fault), any());
            assertThat(server.taken).containsExactly("ben@example.org");
            assertThat(chancery.deliveries.trail(notice.id()).repeatedBy()).hasSize(1);
        }
    }

    @Test
    void namesTheNoticeInTheAddressThatMailComesBackTo() {
        Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
        Notice notice = issue(chancery, "reminder", ANNA);

        chancery.sender.sendDue();

        assertThat(server.senders)
                .containsExactly("bounces+" + notice.id().toString().replace("-", "") + "@sterna.example.org");
        ReturnAddress returned = new ReturnAddress(Chancery.DELIVERY);
        assertThat(returned.notice("x <" + server.senders.get(0).toUpperCase(Locale.ROOT) + ">"))
                .contains(notice.id());
        assertThat(returned.notice("bounces+nonsense@sterna.example.org")).isEmpty();
    }

    private DeliverySettings settings(int perHour, String installation) {
        return settings(perHour, installation, String.valueOf(installation));
    }

    /** Of a node with a file of its own and no name from the settings. */
    private DeliverySettings unnamed(String file) {
        return settings(1000, null, file);
    }

    private DeliverySettings settings(int perHour, String installation, String file) {
        return new DeliverySettings(
                1,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                perHour,
                null,
                installation,
                folder.resolve("installation-" + file),
                Duration.ofMinutes(2),
                Duration.ofMinutes(15));
    }

    private static Notice issue(Chancery chancery, String kind, Holder holder) {
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", holder);
        chancery.notices.issue(Chancery.request(obligation, kind, kind + "@" + Chancery.DEADLINE, Map.of(), "nfp-CHE"));
        return chancery.only(obligation);
    }

    private static Notice find(Chancery chancery, Notice notice) {
        return chancery.notices.find(notice.id()).orElseThrow();
    }
}
