package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.sterna.notices.FaultyMailServer.Mode;
import org.sterna.notices.MailServer.Condition;
import org.sterna.notices.MailServer.Status;
import org.sterna.obligations.Obligation;

/** A mail server that takes no mail is seen by everybody, says so in its own words, and is forgiven at once. */
class MailServerConditionTests {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    @ParameterizedTest
    @CsvSource({
        "SILENT,      SILENT,            timed out",
        "BUSY,        TURNED_AWAY,       421",
        "SHORT,       BROKEN_OFF,        ''",
        "NO_LOGIN,    LOGIN_REFUSED,     535 5.7.8 bad password",
        "LOGIN_FIRST, LOGIN_REFUSED,     530 5.7.0 log in first",
        "BROKEN_TLS,  ENCRYPTION_FAILED, TLS",
        "NO_SENDER,   DEFERRING,         451 not now",
        "DEFERS,      DEFERRING,         451 4.3.0 try again later",
        "REFUSES,     REFUSING,          554 5.7.1 relay access denied",
        "BREAKS_OFF,  BROKEN_OFF,        ''"
    })
    void saysWhatIsWrongAndSinceWhenUntilTheFirstMailIsTaken(Mode mode, Condition condition, String said)
            throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            prepare(chancery, mode);
            server.mode = mode;
            Instant began = chancery.clock.instant();
            Stream.of("anna", "ben", "carl").forEach(name -> issue(chancery, name));

            chancery.sender.sendDue();
            Status before = chancery.mailServer.status();
            chancery.clock.advance(QUARTER);
            issue(chancery, "dora");
            chancery.sender.sendDue();
            Status after = chancery.mailServer.status();
            server.mode = Mode.WELL;
            prepare(chancery, Mode.WELL);
            chancery.clock.advance(Duration.ofHours(1));
            issue(chancery, "zoe");
            chancery.sender.sendDue();

            assertThat(before.condition()).isEqualTo(condition);
            assertThat(before.alarming()).as("it has only just begun").isFalse();
            assertThat(before.deliveredAt()).isNull();
            assertThat(before.said()).contains(said);
            assertThat(after.condition()).isEqualTo(condition);
            assertThat(after.alarming()).isTrue();
            assertThat(after.since()).isEqualTo(began);
            assertThat(after.failedAt()).isEqualTo(began.plus(QUARTER));
            assertThat(chancery.mailServer.status())
                    .extracting(Status::condition, Status::alarming, Status::deliveredAt, Status::said)
                    .containsExactly(Condition.WELL, false, chancery.clock.instant(), after.said());
            assertThat(server.taken).doesNotHaveDuplicates().contains("zoe@example.org");
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsTheAttemptsAtAServerThatIsNotThereAndLeavesNothingBehind(Chancery.On on) throws IOException {
        FaultyMailServer gone = new FaultyMailServer();
        int port = gone.port();
        gone.close();
        Chancery chancery = new Chancery(on.database(), port);
        Instant began = chancery.clock.instant();
        Notice anna = issue(chancery, "anna");
        Notice ben = issue(chancery, "ben");
        for (int minute = 0; minute < 20; minute++) {
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofMinutes(1));
        }
        Status status = chancery.mailServer.status();
        List<Notice> waiting = List.of(find(chancery, anna), find(chancery, ben));
        try (FaultyMailServer back = new FaultyMailServer(port)) {
            chancery.sender.sendDue();

            assertThat(back.taken).containsExactlyInAnyOrder("anna@example.org", "ben@example.org");
        }
        assertThat(status)
                .extracting(
                        Status::condition,
                        Status::since,
                        Status::waiting,
                        Status::oldestAt,
                        Status::attempts,
                        Status::alarming)
                .containsExactly(Condition.UNREACHABLE, began, 2L, began, 20, true);
        assertThat(waiting).allSatisfy(notice -> {
            assertThat(notice.attempts()).isEqualTo(20);
            assertThat(notice.serverReply()).contains("connect");
        });
        assertThat(chancery.mailServer.status().condition()).isEqualTo(Condition.WELL);
        assertThat(find(chancery, anna).attempts())
                .as("the last one among them")
                .isEqualTo(21);
    }

    /** Attempts without a connection say nothing about a recipient, so that nobody waits for hours after an outage. */
    @Test
    void triesAgainSoonAfterAnOutage() throws IOException {
        FaultyMailServer gone = new FaultyMailServer();
        int port = gone.port();
        gone.close();
        Chancery chancery = new Chancery(Chancery.On.H2.database(), port);
        Notice grey = issue(chancery, "grey");
        for (int minute = 0; minute < 30; minute++) {
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofMinutes(1));
        }
        try (FaultyMailServer back = new FaultyMailServer(port)) {
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofMinutes(1));
            chancery.sender.sendDue();

            assertThat(find(chancery, grey).state()).isEqualTo(Notice.State.SENT);
        }
    }

    @Test
    void tellsAllNodesWhatOneHasSeen() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            DataSource database = Chancery.On.H2.database();
            Chancery one = new Chancery(database, server.port());
            Chancery other = new Chancery(database, server.port());
            server.mode = Mode.BUSY;
            issue(one, "anna");
            one.sender.sendDue();
            Status seen = other.mailServer.status();
            server.mode = Mode.WELL;
            other.clock.advance(Duration.ofMinutes(1));
            issue(other, "ben");
            other.sender.sendDue();

            assertThat(seen.condition()).isEqualTo(Condition.TURNED_AWAY);
            assertThat(one.mailServer.status().condition()).isEqualTo(Condition.WELL);
        }
    }

    @Test
    void doesNotBlameTheServerForOneRecipient() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            issue(chancery, "busy");
            chancery.sender.sendDue();
            chancery.clock.advance(Duration.ofHours(2));
            chancery.sender.sendDue();

            assertThat(chancery.mailServer.status())
                    .extracting(Status::condition, Status::alarming)
                    .containsExactly(Condition.DEFERRING, false);
            Stream.of("anna", "busy-1", "spam", "drop", "full").forEach(name -> issue(chancery, name));
            chancery.sender.sendDue();
            assertThat(chancery.mailServer.status().condition()).isEqualTo(Condition.WELL);
        }
    }

    /** That an address does not exist is an answer like that to a mail. */
    @Test
    void isWellAgainWhenItKnowsWhichAddressesThereAre() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            server.mode = Mode.BUSY;
            issue(chancery, "gone");
            chancery.sender.sendDue();
            server.mode = Mode.WELL;
            chancery.clock.advance(QUARTER);
            chancery.sender.sendDue();

            assertThat(chancery.mailServer.status())
                    .extracting(Status::condition, Status::alarming)
                    .containsExactly(Condition.WELL, false);
        }
    }

    @Test
    void seesAServerThatIsSlow() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            server.mode = Mode.SLOW;
            server.onHang = () -> chancery.clock.advance(Duration.ofMinutes(1));
            Instant began = chancery.clock.instant();
            for (int i = 0; i < 3; i++) {
                issue(chancery, "anna-" + i);
            }
            chancery.sender.sendDue();
            Status slow = chancery.mailServer.status();
            server.mode = Mode.WELL;
            issue(chancery, "zoe");
            chancery.sender.sendDue();

            assertThat(slow)
                    .extracting(Status::condition, Status::since, Status::alarming)
                    .containsExactly(Condition.SLOW, began.plus(Duration.ofMinutes(1)), false);
            assertThat(chancery.mailServer.status().condition()).isEqualTo(Condition.WELL);
        }
    }

    @Test
    void warnsWhenNothingIsSentThatIsDue() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = new Chancery(Chancery.On.H2.database(), server.port());
            issue(chancery, "anna");
            chancery.sender.sendDue();
            Instant due = chancery.clock.instant();
            issue(chancery, "ben");
            chancery.clock.advance(QUARTER);

            assertThat(chancery.mailServer.status())
                    .extracting(Status::condition, Status::since, Status::alarming)
                    .containsExactly(Condition.IDLE, due, true);
            chancery.gate.shut("secretary", "A drill");
            assertThat(chancery.mailServer.status().alarming())
                    .as("the gate says why")
                    .isFalse();
        }
    }

    @Test
    void notesNothingWhileAllStaysAsItIs() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            DataSource database = Chancery.On.H2.database();
            Chancery chancery = new Chancery(database, server.port());
            issue(chancery, "anna");
            chancery.sender.sendDue();
            // whoever noted it again would overwrite this
            new JdbcTemplate(database)
                    .update("update mail_server set said = 'kept', delivered_at = dateadd(second, 1, delivered_at)");
            Instant noted = chancery.mailServer.status().deliveredAt();
            chancery.clock.advance(Duration.ofSeconds(59));
            Stream.of("ben", "carl").forEach(name -> issue(chancery, name));
            chancery.sender.sendDue();

            assertThat(server.taken).hasSize(3);
            assertThat(chancery.mailServer.status().deliveredAt()).isEqualTo(noted);
            chancery.clock.advance(Duration.ofSeconds(2));
            issue(chancery, "dora");
            chancery.sender.sendDue();
            assertThat(chancery.mailServer.status().deliveredAt()).isEqualTo(chancery.clock.instant());
        }
    }

    private static void prepare(Chancery chancery, Mode mode) {
        Properties properties = chancery.server.getJavaMailProperties();
        boolean insist = mode == Mode.BROKEN_TLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(insist));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(insist));
        properties.setProperty("mail.smtp.timeout", "300");
        chancery.server.setJavaMailProperties(properties);
        chancery.server.setUsername(mode == Mode.NO_LOGIN ? "sterna" : null);
        chancery.server.setPassword(mode == Mode.NO_LOGIN ? "secret" : null);
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
