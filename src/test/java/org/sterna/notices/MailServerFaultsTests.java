package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sterna.notices.FaultyMailServer.Mode;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;

/** Twelve ways for a mail server to fail, many notices at once; the good ones are never held up by the bad. */
class MailServerFaultsTests {

    private static final Map<String, State> FIRST = new LinkedHashMap<>();
    private static final Map<String, State> LATER = new LinkedHashMap<>();

    static {
        // what becomes of a reminder to each at once, and when the server has had a minute
        end("anna", State.SENT, State.SENT);
        end("gone", State.FAILED, State.FAILED);
        end("spam", State.FAILED, State.FAILED);
        end("quota", State.FAILED, State.FAILED);
        end("busy", State.QUEUED, State.QUEUED);
        end("nodata", State.QUEUED, State.QUEUED);
        end("full", State.QUEUED, State.QUEUED);
        end("grey", State.QUEUED, State.SENT);
        end("drop", State.QUEUED, State.QUEUED);
        end("cut", State.QUEUED, State.QUEUED);
        end("closing", State.QUEUED, State.QUEUED);
        end("bye", State.SENT, State.SENT);
        end("zoe", State.SENT, State.SENT);
    }

    private static void end(String name, State first, State later) {
        FIRST.put(name, first);
        LATER.put(name, later);
    }

    @Test
    void endsEachOfManyNoticesAsItsServerAnswers() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            for (int i = 0; i < 260; i++) {
                String name = List.copyOf(FIRST.keySet()).get(i % FIRST.size());
                issue(chancery, name + "-" + i);
            }
            chancery.seat("nfp-CHE");

            chancery.sender.sendDue();
            assertThat(states(chancery)).isEqualTo(times(FIRST, 20));
            chancery.clock.advance(Duration.ofMinutes(1));
            chancery.sender.sendDue();

            assertThat(states(chancery)).isEqualTo(times(LATER, 20));
            assertThat(server.taken).doesNotHaveDuplicates();
            assertThat(server.seen.stream().filter(address -> address.startsWith("spam")))
                    .as("what was refused for good is never tried again")
                    .hasSize(20);
        }
    }

    private static Map<String, Map<State, Integer>> times(Map<String, State> ends, int each) {
        Map<String, Map<State, Integer>> times = new LinkedHashMap<>();
        ends.forEach((name, state) -> times.put(name, Map.of(state, each)));
        return times;
    }

    private static Map<String, Map<State, Integer>> states(Chancery chancery) {
        Map<String, Map<State, Integer>> states = new LinkedHashMap<>();
        for (int page = 1; page >= 0; page--) {
            for (Notice notice : chancery.notices.list(null, page, 500).items()) {
                states.computeIfAbsent(notice.email().replaceFirst("-.*", ""), name -> new LinkedHashMap<>())
                        .merge(notice.state(), 1, Integer::sum);
            }
        }
        return states;
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "BUSY", "BROKEN_TLS"})
    void waitsForAServerThatLetsNobodyInAndCountsTheAttempt(Mode mode) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            insistOnTls(chancery, mode);
            Notice reminder = issue(chancery, "anna");
            server.mode = mode;

            chancery.sender.sendDue();

            assertThat(find(chancery, reminder))
                    .extracting(Notice::state, Notice::attempts)
                    .containsExactly(State.QUEUED, 1);
            assertThat(find(chancery, reminder).serverReply()).isNotBlank();
            server.mode = Mode.WELL;
            insistOnTls(chancery, Mode.WELL);
            chancery.clock.advance(Duration.ofMinutes(1));
            chancery.sender.sendDue();
            assertThat(find(chancery, reminder).state()).isEqualTo(State.SENT);
        }
    }

    private static void insistOnTls(Chancery chancery, Mode mode) {
        Properties properties = chancery.server.getJavaMailProperties();
        boolean insist = mode == Mode.BROKEN_TLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(insist));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(insist));
        chancery.server.setJavaMailProperties(properties);
    }

    @Test
    void tellsNothingToAServerWithAWrongCertificate() {
        GreenMail impostor = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        impostor.start();
        try {
            Chancery chancery =
                    new Chancery(Chancery.On.H2.database(), impostor.getSmtps().getPort());
            chancery.server.setProtocol("smtps");
            chancery.server.getJavaMailProperties().setProperty("mail.smtps.ssl.checkserveridentity", "true");
            Notice reminder = issue(chancery, "anna");

            chancery.sender.sendDue();

            assertThat(find(chancery, reminder).state()).isEqualTo(State.QUEUED);
            assertThat(impostor.getReceivedMessages()).isEmpty();
        } finally {
            impostor.stop();
        }
    }

    @Test
    void triesAgainWhenTheServerTakesNoSender() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            Notice reminder = issue(chancery, "anna");
            server.mode = Mode.NO_SENDER;

            chancery.sender.sendDue();

            assertThat(find(chancery, reminder))
                    .extracting(Notice::state, Notice::attempts)
                    .containsExactly(State.QUEUED, 1);
        }
    }

    @Test
    void sendsEverythingWithinAMinuteOfAnOutageOfHalfAnHour() throws IOException {
        FaultyMailServer before = new FaultyMailServer();
        int port = before.port();
        before.close();
        Chancery chancery = new Chancery(Chancery.On.H2.database(), port);
        Notice one = issue(chancery, "anna");
        for (int minute = 0; minute < 30; minute++) {
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofMinutes(1));
        }
        Notice other = issue(chancery, "zoe");
        try (FaultyMailServer after = new FaultyMailServer(port)) {
            chancery.sender.sendDue();

            assertThat(after.taken).containsExactlyInAnyOrder("anna@example.org", "zoe@example.org");
            assertThat(List.of(find(chancery, one), find(chancery, other)))
                    .extracting(Notice::state)
                    .containsOnly(State.SENT);
        }
    }

    @Test
    void givesUpAfter72HoursWithoutAServer() throws IOException {
        FaultyMailServer gone = new FaultyMailServer();
        gone.close();
        Chancery chancery = new Chancery(Chancery.On.H2.database(), gone.port());
        Notice reminder = issue(chancery, "anna");
        chancery.sender.sendDue();
        chancery.clock.advance(Duration.ofHours(71));
        chancery.sender.sendDue();
        State before = find(chancery, reminder).state();
        chancery.clock.advance(Duration.ofHours(1));
        chancery.sender.sendDue();

        assertThat(before).isEqualTo(State.QUEUED);
        assertThat(find(chancery, reminder))
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.FAILED, "notice.reason.given-up");
    }

    @Test
    void keepsOneConnectionForManyNotices() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            for (int i = 0; i < 60; i++) {
                issue(chancery, "anna-" + i);
            }

            chancery.sender.sendDue();

            assertThat(server.taken).hasSize(60);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void keepsTheConnectionForAWhileAndNoLonger() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            issue(chancery, "anna");
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofSeconds(20));
            issue(chancery, "ben");
            chancery.sender.sendDue();
            assertThat(server.connections).hasValue(1);

            chancery.clock.advance(Duration.ofSeconds(29));
            chancery.sender.sendDue();
            assertThat(server.open).hasValue(1);
            chancery.clock.advance(Duration.ofSeconds(1));
            chancery.sender.sendDue();
            await().until(() -> server.open.get() == 0);

            issue(chancery, "zoe");
            chancery.sender.sendDue();
            assertThat(server.connections).hasValue(2);
            assertThat(server.taken).hasSize(3);
        }
    }

    @Test
    void countsItAsNoTryThatTheServerEndedAConnectionMeanwhile() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            issue(chancery, "bye");
            chancery.sender.sendDue();
            await().until(() -> server.open.get() == 0);
            Notice reminder = issue(chancery, "anna");

            chancery.sender.sendDue();

            assertThat(find(chancery, reminder))
                    .extracting(Notice::state, Notice::attempts)
                    .containsExactly(State.SENT, 1);
            assertThat(server.taken).containsExactly("bye@example.org", "anna@example.org");
        }
    }

    @Test
    void leavesNoConnectionBehind() throws Exception {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            issue(chancery, "anna");
            chancery.sender.sendDue();

            chancery.sender.close();

            await().until(() -> server.open.get() == 0);
        }
    }

    @Test
    void goesOnWithTheOthersAtOnceWhenOneRecipientHangs() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            server.onHang = () -> chancery.clock.advance(Duration.ofSeconds(6));
            Notice hanging = issue(chancery, "hang");
            Stream.of("anna", "ben", "zoe").forEach(name -> issue(chancery, name));

            chancery.sender.sendDue();

            assertThat(server.taken).hasSize(3);
            assertThat(find(chancery, hanging))
                    .extracting(Notice::state, Notice::attempts)
                    .containsExactly(State.QUEUED, 1);
            assertThat(chancery.notices.list(State.SENT, 0, 10).items())
                    .extracting(Notice::attempts)
                    .as("those taken along were not tried meanwhile")
                    .containsOnly(1);
        }
    }

    @Test
    void letsTheOtherSenderWorkWhileOneHangs() throws Exception {
        try (FaultyMailServer server = new FaultyMailServer()) {
            DataSource database = Chancery.On.H2.database();
            Chancery desk = new Chancery(database, server.port());
            Chancery node = sending(database, server, 2, "60000");
            receipt(desk, "hang");
            node.sender.nudge();
            await().until(() -> server.senders.size() == 1);
            for (int i = 0; i < 30; i++) {
                receipt(desk, "anna-" + i);
            }
            node.sender.nudge();

            await().until(() -> server.taken.size() == 30);
            assertThat(server.open).as("the hanging connection is still there").hasValueGreaterThanOrEqualTo(1);
            assertThat(desk.notices.counts()).containsEntry(State.SENDING, 1L);
        }
    }

    @Test
    void keepsOneSenderOnlyAtAServerThatSaysNothing() throws Exception {
        try (FaultyMailServer server = new FaultyMailServer()) {
            server.mode = Mode.SILENT;
            DataSource database = Chancery.On.H2.database();
            Chancery desk = new Chancery(database, server.port());
            Chancery node = sending(database, server, 3, "5000");
            for (int i = 0; i < 60; i++) {
                receipt(desk, "anna-" + i);
            }
            AtomicInteger most = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                node.sender.nudge();
                most.accumulateAndGet(server.open.get(), Math::max);
                return server.connections.get() == 2;
            });

            assertThat(most).hasValue(1);
        }
    }

    private static Chancery sending(DataSource database, FaultyMailServer server, int senders, String timeout) {
        Chancery node = new Chancery(
                database,
                server.port(),
                true,
                new DeliverySettings(
                        senders,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        1000,
                        null,
                        "test",
                        Path.of("target/installation-of-faults"),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(15)));
        node.server.getJavaMailProperties().setProperty("mail.smtp.timeout", timeout);
        return node;
    }

    /** Of a kind that needs no look at the obligation. */
    private static void receipt(Chancery chancery, String name) {
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", Chancery.holder("Holder", name + "@example.org", Locale.ENGLISH));
        chancery.notices.issue(Chancery.request(obligation, "receipt", "receipt", Map.of(), "nfp-CHE"));
    }

    private static Notice issue(Chancery chancery, String name) {
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", Chancery.holder("Holder", name + "@example.org", Locale.ENGLISH));
        chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        return chancery.only(obligation);
    }

    private static Notice find(Chancery chancery, Notice notice) {
        return chancery.notices.find(notice.id()).orElseThrow();
    }
}
