package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;

class NoticeSenderTests {

    @RegisterExtension
    final GreenMailExtension mail = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    @ParameterizedTest
    @EnumSource
    void sendsEverybodyOneMessageInTheirLanguage(Chancery.On on) throws Exception {
        Chancery chancery = new Chancery(on.database(), mail.getSmtp().getPort());
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat(
                "nfp-CHE",
                Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH),
                Chancery.holder("Élodie", "elodie@example.org", Locale.FRENCH),
                Chancery.holder("Íñigo", "inigo@example.org", Chancery.SPANISH));
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));

        chancery.sender.sendDue();

        List<Tuple> messages = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            messages.add(tuple(
                    message.getAllRecipients().length,
                    ((InternetAddress) message.getAllRecipients()[0]).getAddress(),
                    message.getSubject()));
        }
        assertThat(messages)
                .containsExactlyInAnyOrder(
                        tuple(
                                1,
                                "anna@example.org",
                                "Action required by 15 January 2027: Confirmation of the nomination — Switzerland"),
                        tuple(
                                1,
                                "elodie@example.org",
                                "Action requise au plus tard le 15 janvier 2027\u00a0: Confirmation de la nomination — Suisse"),
                        tuple(
                                1,
                                "inigo@example.org",
                                "Acción requerida a más tardar el 15 de enero de 2027: Confirmación del nombramiento — Suiza"));
        assertThat(chancery.notices.of(obligation.id())).allSatisfy(notice -> {
            assertThat(notice.state()).isEqualTo(State.SENT);
            assertThat(notice.sentAt()).isEqualTo(chancery.clock.instant());
            assertThat(notice.serverReply()).startsWith("250");
            assertThat(notice.attempts()).isEqualTo(1);
        });
    }

    @Test
    void sendsWithoutBeingCalledOnceTheCallerHasCommitted() throws Exception {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort(), true);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH));

        boolean early = chancery.transaction.execute(status -> {
            chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
            return chancery.outbox.counts().get(State.QUEUED) != 1;
        });
        boolean came = mail.waitForIncomingEmail(10_000, 1);
        chancery.sender.close();

        assertThat(early).isFalse();
        assertThat(came).isTrue();
        assertThat(chancery.only(obligation).state()).isEqualTo(State.SENT);
    }

    @Test
    void saysInTheHeadersWhatItIs() throws Exception {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort());
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        Notice notice = issued(chancery, obligation, "reminder", "anna");

        chancery.sender.sendDue();

        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getMessageID()).isEqualTo(notice.messageId());
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("References"))
                .containsExactly("<obligation." + obligation.id() + "@sterna.example.org>");
        assertThat(message.getHeader("In-Reply-To")).containsExactly(message.getHeader("References"));
        assertThat(message.getHeader("List-Id")).containsExactly("<notices.sterna.example.org>");
        assertThat(message.getHeader("Content-Language")).containsExactly("en");
        assertThat(message.getFrom()[0]).hasToString("CMS Secretariat <notices@sterna.example.org>");
        assertThat(message.getReplyTo()[0]).hasToString("cms@example.org");
        assertThat(message.getSentDate()).isEqualTo(chancery.clock.instant().toString());
        assertThat(message.getContentType()).startsWith("multipart/mixed");
    }

    @ParameterizedTest
    @CsvSource({
        "anna,    SENT,   ''",
        "gone,    FAILED, notice.reason.refused",
        "spam,    FAILED, notice.reason.refused",
        "busy,    QUEUED, ''",
        "full,    QUEUED, ''",
        "drop,    QUEUED, ''",
        "closing, QUEUED, ''",
        "cut,     QUEUED, notice.reason.repeated"
    })
    void endsAsTheServerAnswersAndStillServesTheOthers(String name, State state, String reason) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice before = issued(chancery, "reminder", "aaron");
            Notice notice = issued(chancery, "reminder", name);
            Notice after = issued(chancery, "reminder", "zoe");

            chancery.sender.sendDue();

            assertThat(List.of(state(chancery, before), state(chancery, notice), state(chancery, after)))
                    .containsExactly(State.SENT, state, State.SENT);
            Notice ended = chancery.notices.find(notice.id()).orElseThrow();
            assertThat(ended.reason() == null ? "" : ended.reason()).isEqualTo(reason);
            assertThat(ended.serverReply()).isNotBlank();
        }
    }

    @Test
    void neverRetriesARefusedNoticeAndRetriesAnUnlucky() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice gone = issued(chancery, "reminder", "gone");
            Notice busy = issued(chancery, "reminder", "busy");
            chancery.seat("nfp-CHE");
            chancery.sender.sendDue();
            server.heal("gone");
            server.heal("busy");

            chancery.sender.sendDue();
            assertThat(server.taken).isEmpty();
            chancery.clock.advance(Duration.ofMinutes(1));
            chancery.sender.sendDue();

            assertThat(server.taken).containsExactly("busy@example.org");
            assertThat(state(chancery, gone)).isEqualTo(State.FAILED);
            assertThat(chancery.notices.find(busy.id()).orElseThrow().attempts())
                    .isEqualTo(2);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void keepsAddressesThatServersRepeatOutOfTheLog(CapturedOutput log) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice gone = issued(chancery, "reminder", "gone");

            chancery.sender.sendDue();

            assertThat(chancery.notices.find(gone.id()).orElseThrow().serverReply())
                    .contains("gone@example.org");
            assertThat(log.getAll()).contains(gone.id().toString()).doesNotContain("gone@example.org");
        }
    }

    @Test
    void triesFor72HoursWithGrowingPauses() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice busy = issued(chancery, "receipt", "busy");
            List<Long> tries = new ArrayList<>();
            int step;
            for (int minute = 0; minute <= 80 * 60; minute += step) {
                int before = chancery.notices.find(busy.id()).orElseThrow().attempts();
                chancery.sender.sendDue();
                if (chancery.notices.find(busy.id()).orElseThrow().attempts() > before) {
                    tries.add((long) minute);
                }
                step = minute < 21 ? 1 : 20;
                chancery.clock.advance(Duration.ofMinutes(step));
            }

            assertThat(tries).startsWith(0L, 1L, 6L, 21L, 81L, 261L, 621L).hasSize(18);
            assertThat(tries.get(17)).isBetween(72 * 60L, 78 * 60L);
            Notice given = chancery.notices.find(busy.id()).orElseThrow();
            assertThat(given.state()).isEqualTo(State.FAILED);
            assertThat(given.reason()).isEqualTo("notice.reason.given-up");
        }
    }

    @Test
    void keepsWhatCannotBeDeliveredWhileTheServerIsDown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Chancery chancery = new Chancery(Chancery.On.H2.database(), port);
        Notice one = issued(chancery, "reminder", "anna");
        Notice other = issued(chancery, "overdue", "ben");

        chancery.sender.sendDue();

        assertThat(List.of(state(chancery, one), state(chancery, other))).containsOnly(State.QUEUED);
        assertThat(chancery.notices.find(one.id()).orElseThrow().serverReply()).isNotBlank();
    }

    @Test
    void leavesAnUncertainNoticeOnTheRecordToAHuman() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice cut = issued(chancery, "overdue", "cut");
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofHours(1));

            chancery.sender.sendDue();

            assertThat(chancery.notices.find(cut.id()).orElseThrow())
                    .extracting(Notice::state, Notice::reason)
                    .containsExactly(State.UNCERTAIN, "notice.reason.uncertain");
            assertThat(server.seen).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna", "anna@example.org\r\nBcc: thief@example.org", "a, b@example.org"})
    void failsABadAddressWithoutStoppingOthers(String email) {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort());
        Notice bad = issued(chancery, "reminder", Chancery.holder("Bad", email, Locale.ENGLISH));
        Notice good = issued(chancery, "reminder", "zoe");
        chancery.seat("nfp-CHE");

        chancery.sender.sendDue();

        assertThat(chancery.notices.find(bad.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.FAILED, "notice.reason.no-address");
        assertThat(state(chancery, good)).isEqualTo(State.SENT);
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "reminder,   DISCHARGED,       SKIPPED",
        "opened,     WITH_SECRETARIAT, SKIPPED",
        "overdue,    EXCUSED,          SKIPPED",
        "escalation, LAPSED,           SKIPPED",
        "extended,   DISCHARGED,       SKIPPED",
        "opened,     OPENING,          SENT",
        "receipt,    DISCHARGED,       SENT",
        "accepted,   DISCHARGED,       SENT"
    })
    void sendsNoCallToActToAPartyThatHasActed(String kind, Obligation.State meanwhile, State state) {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort());
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        Notice notice = issued(chancery, obligation, kind, "anna");
        chancery.obligation(obligation.id(), meanwhile, Chancery.DEADLINE);

        chancery.sender.sendDue();

        assertThat(state(chancery, notice)).isEqualTo(state);
    }

    @Test
    void sendsNoReminderOfADeadlineThatHasMoved() {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort());
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        Notice notice = issued(chancery, obligation, "overdue", "anna");
        chancery.obligation(obligation.id(), Obligation.State.WITH_PARTY, Chancery.DEADLINE.plusDays(30));

        chancery.sender.sendDue();

        assertThat(chancery.notices.find(notice.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.SKIPPED, "notice.reason.deadline-moved");
    }

    @ParameterizedTest
    @EnumSource
    void sendsThroughAShutGateOnlyWhatWasReleased(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), mail.getSmtp().getPort());
        Notice queuedBefore = issued(chancery, "reminder", "anna");
        chancery.gate.shut("sec", "restored from a backup");
        Notice released = issued(chancery, "reminder", "ben");
        chancery.notices.release(released.id(), "sec");

        chancery.sender.sendDue();

        assertThat(state(chancery, released)).isEqualTo(State.SENT);
        assertThat(chancery.notices.find(queuedBefore.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.HELD, "notice.gate.shut");
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void holdsWhatWaitsWhenTheMailServerWasTakenAway() {
        DataSource database = Chancery.On.H2.database();
        Chancery before = new Chancery(database, mail.getSmtp().getPort());
        Notice waiting = issued(before, "reminder", "anna");

        new Chancery(database, null).sender.sendDue();

        assertThat(before.notices.find(waiting.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.HELD, "notice.gate.no-mail-server");
    }

    @ParameterizedTest
    @CsvSource({
        "H2, reminder, true, SENT, notice.reason.repeated",
        "POSTGRES, reminder, true, SENT, notice.reason.repeated",
        "H2, overdue, true, UNCERTAIN, notice.reason.uncertain",
        "POSTGRES, overdue, true, UNCERTAIN, notice.reason.uncertain",
        "H2, overdue, false, SENT, ",
        "POSTGRES, overdue, false, SENT, "
    })
    void takesCareOfWhatAStoppedSenderLeftBehind(
            Chancery.On on, String kind, boolean handedOver, State state, String reason) throws Exception {
        Chancery chancery = new Chancery(on.database(), mail.getSmtp().getPort());
        Notice left = issued(chancery, kind, "anna");
        UUID stopped = UUID.randomUUID();
        chancery.outbox.claim(stopped, 10, 0, true);
        if (handedOver) {
            chancery.outbox.handOver(left.id(), stopped);
        }
        chancery.sender.sendDue();
        State meanwhile = state(chancery, left);
        chancery.clock.advance(Duration.ofMinutes(11));

        chancery.sender.sendDue();

        assertThat(meanwhile).isEqualTo(State.SENDING);
        assertThat(chancery.notices.find(left.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason, Notice::messageId)
                .containsExactly(state, reason, left.messageId());
        assertThat(mail.getReceivedMessages()).hasSize(state == State.SENT ? 1 : 0);
    }

    @Test
    void ignoresASenderThatComesBackLate() {
        Chancery chancery =
                new Chancery(Chancery.On.H2.database(), mail.getSmtp().getPort());
        Notice left = issued(chancery, "overdue", "anna");
        UUID slow = UUID.randomUUID();
        chancery.outbox.claim(slow, 10, 0, true);
        chancery.clock.advance(Duration.ofMinutes(11));
        chancery.sender.sendDue();

        assertThat(chancery.outbox.handOver(left.id(), slow)).isFalse();
        assertThat(state(chancery, left)).isEqualTo(State.SENT);
    }

    @Test
    void neverSendsANoticeTwiceFromTwoNodes() throws Exception {
        DataSource database = Chancery.On.POSTGRES.database();
        List<Chancery> nodes = List.of(
                new Chancery(database, mail.getSmtp().getPort()),
                new Chancery(database, mail.getSmtp().getPort()));
        Obligation obligation = nodes.get(0).obligation(Obligation.State.WITH_PARTY);
        nodes.get(1).obligation(obligation.id(), Obligation.State.WITH_PARTY, Chancery.DEADLINE);
        for (int i = 0; i < 60; i++) {
            issued(nodes.get(0), obligation, "reminder", "recipient" + i);
        }
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<Boolean>> senders = new ArrayList<>();
        for (Chancery node : nodes) {
            senders.add(() -> {
                start.await();
                node.sender.sendDue();
                return true;
            });
        }
        for (Future<Boolean> sender : threads.invokeAll(senders)) {
            sender.get();
        }
        threads.shutdown();

        List<String> ids = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            ids.add(message.getMessageID());
        }
        assertThat(ids).hasSize(60);
        assertThat(new HashSet<>(ids)).hasSize(60);
        assertThat(nodes.get(0).notices.counts()).containsEntry(State.SENT, 60L);
    }

    private static State state(Chancery chancery, Notice notice) {
        return chancery.notices.find(notice.id()).orElseThrow().state();
    }

    private static Notice issued(Chancery chancery, String kind, String name) {
        return issued(chancery, chancery.obligation(Obligation.State.WITH_PARTY), kind, name);
    }

    private static Notice issued(Chancery chancery, Obligation obligation, String kind, String name) {
        return issued(chancery, obligation, kind, Chancery.holder("Holder", name + "@example.org", Locale.ENGLISH));
    }

    private static Notice issued(Chancery chancery, String kind, Holder holder) {
        return issued(chancery, chancery.obligation(Obligation.State.WITH_PARTY), kind, holder);
    }

    private static Notice issued(Chancery chancery, Obligation obligation, String kind, Holder holder) {
        chancery.seat("nfp-CHE", holder);
        chancery.notices.issue(Chancery.request(obligation, kind, kind + "@" + Chancery.DEADLINE, Map.of(), "nfp-CHE"));
        List<Notice> all = chancery.notices.of(obligation.id());
        return all.get(all.size() - 1);
    }
}
