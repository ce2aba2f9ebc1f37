package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Addresses;
import org.sterna.register.Holder;

/** What comes back, from a real IMAP server. */
class CorrespondenceTests {

    private static final String MAILBOX = "cms@sterna.example.org";
    private static final Holder ANNA = Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH);
    private static final Holder BEN = Chancery.holder("Ben", "ben@example.org", Locale.ENGLISH);

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP_IMAP.clone())
            .withConfiguration(GreenMailConfiguration.aConfig().withUser(MAILBOX, MAILBOX, "secret"))
            .withPerMethodLifecycle(true);

    private GreenMailUser mailbox;

    @BeforeEach
    void open() {
        mailbox = MAIL.getUserManager().getUser(MAILBOX);
    }

    @ParameterizedTest
    @EnumSource
    void marksTheAddressOfAHardBounceAndWritesToTheNextOnTheLine(Chancery.On on) throws Exception {
        Desk desk = new Desk(on);
        Notice notice = desk.sent(ANNA);
        desk.chancery.seat("nfp-CHE", BEN);
        deliver(bounce(returnAddress(notice), "<else@example.org>", "failed", "5.1.1", "550 5.1.1 no such user"));

        desk.reader.read();

        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason, Notice::serverReply)
                .containsExactly(State.FAILED, "notice.reason.bounced", "smtp; 550 5.1.1 no such user");
        verify(desk.chancery.addresses)
                .mark("anna@example.org", Addresses.Fault.BOUNCED, "smtp; 550 5.1.1 no such user");
        assertThat(desk.chancery.notices.of(notice.obligationId()))
                .extracting(Notice::email, Notice::state)
                .containsExactly(tuple("anna@example.org", State.FAILED), tuple("ben@example.org", State.QUEUED));
        assertThat(desk.correspondence.bounces(notice.id())).singleElement().satisfies(bounce -> {
            assertThat(bounce.hard()).isTrue();
            assertThat(bounce.status()).isEqualTo("5.1.1");
            assertThat(bounce.filedBy()).isNull();
        });
    }

    @Test
    void findsTheNoticeByTheReturnedMessageWhereTheAddressSaysNothing() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(bounce(MAILBOX, notice.messageId(), "failed", "5.1.1", "550 no such user"));

        desk.reader.read();

        assertThat(desk.correspondence.bounces(notice.id())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "failed,    5.2.2, 552 mailbox full,   FAILED, notice.reason.undelivered",
        "failed,    5.7.1, 550 blocked,        FAILED, notice.reason.undelivered",
        "failed,    4.4.7, 451 tried for days, FAILED, notice.reason.undelivered",
        "failed,    5.0.0, 550 unknown user,   FAILED, notice.reason.bounced",
        "delayed,   4.4.1, 451 still trying,   SENT,   ",
        "delivered, 2.1.5, 250 ok,             SENT,   "
    })
    void marksNoAddressForReasonsThatAreNotItsOwn(String action, String status, String said, State state, String reason)
            throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(bounce(returnAddress(notice), "<else@example.org>", action, status, said));

        desk.reader.read();

        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(state, reason);
        if (!"notice.reason.bounced".equals(reason)) {
            verify(desk.chancery.addresses, never()).mark(any(), any(), any());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exchange-online-access-denied,           FAILED, notice.reason.undelivered, REFUSED",
        "postfix-554-no-account,                  FAILED, notice.reason.bounced,     GONE",
        "ironport-supplementary-info,             FAILED, notice.reason.bounced,     GONE",
        "no-status-but-an-ip-address,             FAILED, notice.reason.undelivered, FAILING",
        "block-list-of-our-ip-address,            FAILED, notice.reason.undelivered, REFUSED",
        "postfix-user-unknown-behind-a-host,      FAILED, notice.reason.bounced,     GONE",
        "group-member-gone,                       SENT,   ,                          GONE",
        "several-recipients,                      FAILED, notice.reason.undelivered, FAILING",
        "postfix-delayed,                         SENT,   ,                          DELAYED",
        "qmail-user-unknown-behind-an-ip-address, FAILED, notice.reason.bounced,     GONE",
        "qmail-connection-died-at-an-ip-address,  FAILED, notice.reason.undelivered, FAILING",
        "exim-warning,                            SENT,   ,                          DELAYED",
        "exim-quota-550,                          FAILED, notice.reason.undelivered, FAILING",
        "exim-user-unknown,                       FAILED, notice.reason.bounced,     GONE",
        "sendmail-user-unknown,                   FAILED, notice.reason.bounced,     GONE",
        "postfix-text-policy,                     FAILED, notice.reason.undelivered, REFUSED",
        "exchange-text-french,                    FAILED, notice.reason.bounced,     GONE"
    })
    void judgesEachReportOfAServer(String name, State state, String reason, DeliveryVerdict verdict) throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(ReturnedMail.of(name, returnAddress(notice), notice.messageId(), ANNA.email()));

        desk.reader.read();

        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(state, reason);
        boolean another = name.equals("group-member-gone");
        assertThat(desk.correspondence.bounces(notice.id())).singleElement().satisfies(bounce -> {
            assertThat(bounce.verdict()).isEqualTo(verdict);
            assertThat(bounce.recipient()).isEqualTo(another ? "former-member@ministry.example.org" : null);
            assertThat(bounce.hard()).isEqualTo("notice.reason.bounced".equals(reason));
        });
        verify(desk.chancery.addresses, "notice.reason.bounced".equals(reason) ? times(1) : never())
                .mark(any(), any(), any());
        assertThat(desk.correspondence.replies(notice.obligationId())).isEmpty();
        assertThat(desk.correspondence.mailbox().unmatched()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "person-at-postmaster,                ANSWER",
        "person-at-postmaster-in-room-550,    ANSWER",
        "automatic-from-postmaster,           AUTOMATIC",
        "out-of-office-without-auto-submitted,AUTOMATIC",
        "out-of-office-by-subject,            AUTOMATIC",
        "read-receipt,                        RECEIPT"
    })
    void keepsWhateverIsNoReportWithTheCaseAsWhatItIs(String name, Correspondence.ReplyKind kind) throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(ReturnedMail.of(name, returnAddress(notice), notice.messageId(), ANNA.email()));

        desk.reader.read();

        assertThat(desk.correspondence.replies(notice.obligationId()))
                .singleElement()
                .extracting(Correspondence.Reply::kind)
                .isEqualTo(kind);
        assertThat(desk.correspondence.bounces(notice.id())).isEmpty();
        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow().state())
                .isEqualTo(State.SENT);
        verify(desk.chancery.addresses, never()).mark(any(), any(), any());
    }

    @Test
    void readsTheFieldsOfAReportInAnyOrderAndHoweverTheirLinesEnd() throws Exception {
        List<String> fields = new ArrayList<>(List.of(
                "Original-Recipient: rfc822;\n anna@example.org",
                "Final-Recipient: RFC822; <Anna@Example.org>",
                "Action: failed (given up)",
                "Status: 5.2.2 (full)",
                "Remote-MTA: dns; [5.1.1.20]",
                "Last-Attempt-Date: Tue, 5 Jan 2026 05:01:01 +0550",
                "Diagnostic-Code: smtp; 552\n\t5.2.2 <anna@example.org>: room 550,\n   5.1.1.20"));
        Random random = new Random(822);
        for (int i = 0; i < 300; i++) {
            Collections.shuffle(fields, random);
            String group = "Reporting-MTA: dns; mx.example.org\n" + (random.nextBoolean() ? "\n" : "")
                    + String.join("\n", fields) + "\n";
            String lines = random.nextBoolean() ? group.replace("\n", "\r\n") : group;

            DeliveryReport report = DeliveryReport.fields(
                    new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)), "Room 550, 5.1.1");

            assertThat(report.of(ANNA.email()))
                    .as(lines)
                    .extracting(
                            DeliveryReport.Finding::recipient,
                            DeliveryReport.Finding::verdict,
                            DeliveryReport.Finding::status)
                    .containsExactly("anna@example.org", DeliveryVerdict.FAILING, "5.2.2");
        }
    }

    @Test
    void findsAnswersAgainThatWereTakenForBounces() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        String message = ReturnedMail.of("person-at-postmaster", MAILBOX, notice.messageId(), ANNA.email());
        deliver(message);
        desk.reader.read();
        // as it was kept before
        desk.chancery.jdbc.sql("""
                        insert into bounce (id, notice_id, hard, said, received_at, source_key)
                        select id, notice_id, true, 'poste 550', received_at, source_key from reply
                        """).update();
        desk.chancery.jdbc.sql("delete from reply").update();
        desk.chancery.outbox.bounced(notice.id(), "notice.reason.bounced", "poste 550");
        desk.chancery.jdbc.sql("update mailbox_position set newest = 0").update();

        desk.reader.read();

        assertThat(desk.correspondence.replies(notice.obligationId())).hasSize(1);
        assertThat(desk.correspondence.bounces(notice.id())).isEmpty();
        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow())
                .extracting(Notice::state, Notice::reason)
                .containsExactly(State.SENT, null);
    }

    @Test
    void readsEveryMessageOnceAndChangesNothingInTheMailbox() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(answer(MAILBOX, notice.messageId(), "Anna <anna@example.org>", ""));
        desk.reader.read();
        desk.reader.read();
        deliver(answer(MAILBOX, notice.messageId(), "Anna <anna@example.org>", ""));
        desk.anotherNode().read();

        assertThat(desk.correspondence.replies(notice.obligationId())).hasSize(2);
        assertThat(MAIL.getManagers().getImapHostManager().getInbox(mailbox).getUnseenCount())
                .isEqualTo(2);
        assertThat(desk.correspondence.mailbox().readAt()).isEqualTo(desk.chancery.clock.instant());
        // a mailbox that is built anew numbers its messages anew
        desk.chancery.jdbc.sql("update mailbox_position set validity = 1").update();
        desk.reader.read();
        assertThat(desk.correspondence.replies(notice.obligationId())).hasSize(2);
    }

    @Test
    void keepsAnAnswerWithTheCase() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(answer(MAILBOX, notice.messageId(), "=?UTF-8?Q?=C3=89lodie?= <elodie@example.org>", ""));

        desk.reader.read();

        assertThat(desk.correspondence.replies(notice.obligationId()))
                .singleElement()
                .satisfies(reply -> {
                    assertThat(reply.noticeId()).isEqualTo(notice.id());
                    assertThat(reply.from()).isEqualTo("Élodie <elodie@example.org>");
                    assertThat(reply.subject()).isEqualTo("Re: the duty");
                    assertThat(reply.text()).startsWith("We need two more weeks.");
                    assertThat(reply.kind()).isEqualTo(Correspondence.ReplyKind.ANSWER);
                });
    }

    @Test
    void findsTheCaseByTheThreadAlone() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        String thread = "<obligation." + notice.obligationId() + "@sterna.example.org>";
        deliver(answer(MAILBOX, thread, "anna@example.org", ""));

        desk.reader.read();

        assertThat(desk.correspondence.replies(notice.obligationId()))
                .singleElement()
                .extracting(Correspondence.Reply::noticeId)
                .isNull();
    }

    @Test
    void tellsThatAMachineAnswered() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(answer(
                returnAddress(notice), "<x@example.org>", "anna@example.org", "Auto-Submitted: auto-replied\r\n"));

        desk.reader.read();

        assertThat(desk.correspondence.replies(notice.obligationId()))
                .singleElement()
                .extracting(Correspondence.Reply::kind)
                .isEqualTo(Correspondence.ReplyKind.AUTOMATIC);
        assertThat(desk.chancery.notices.find(notice.id()).orElseThrow().state())
                .isEqualTo(State.SENT);
    }

    @Test
    void leavesWhatBelongsToNoNoticeToAPerson() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        deliver(answer(MAILBOX, "<nothing@example.org>", "spam@example.org", ""));
        deliver("From: broken\r\nContent-Type: multipart/report; boundary\r\n\r\n--\u0000\r\nnonsense");
        deliver(bounce(
                "bounces+" + UUID.randomUUID().toString().replace("-", "") + "@sterna.example.org",
                "<else@example.org>",
                "failed",
                "5.1.1",
                "550"));
        deliver(answer(MAILBOX, notice.messageId(), "anna@example.org", ""));

        desk.reader.read();

        assertThat(desk.correspondence.mailbox().unmatched()).isEqualTo(3);
        assertThat(desk.correspondence.replies(notice.obligationId()))
                .as("what cannot be read does not stand in the way of the rest")
                .hasSize(1);
    }

    @Test
    void tellsWhyTheMailboxCannotBeRead() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        desk.reader.read();
        MAIL.stop();

        desk.reader.read();

        assertThat(desk.correspondence.mailbox().problem()).isNotBlank();
    }

    @Test
    void takesAPersonsWordThatANoticeCameBack() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);
        desk.chancery.seat("nfp-CHE", BEN);

        desk.correspondence.fileBounce(notice.id(), true, "The ministry has moved", "sec");

        verify(desk.chancery.addresses)
                .mark(eq("anna@example.org"), eq(Addresses.Fault.BOUNCED), eq("The ministry has moved"));
        assertThat(desk.chancery.notices.of(notice.obligationId())).hasSize(2);
        assertThat(desk.correspondence.bounces(notice.id()).get(0).filedBy()).isEqualTo("sec");
        assertThatIllegalStateException()
                .isThrownBy(() -> desk.correspondence.fileBounce(notice.id(), true, "Again", "sec"));
    }

    @Test
    void keepsAnAnswerThatCameByAnotherWay() throws Exception {
        Desk desk = new Desk(Chancery.On.H2);
        Notice notice = desk.sent(ANNA);

        desk.correspondence.fileReply(
                notice.obligationId(), "Anna,\r\nby telephone", "", "They need\r\ntwo more weeks.", "sec");

        assertThat(desk.correspondence.replies(notice.obligationId()))
                .singleElement()
                .extracting(Correspondence.Reply::from, Correspondence.Reply::text, Correspondence.Reply::filedBy)
                .containsExactly("Anna, by telephone", "They need\ntwo more weeks.", "sec");
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.org,     , secret, 993, INBOX, PT1M, username",
        "mail.example.org, user,       , 993, INBOX, PT1M, password",
        "mail.example.org, user, secret,   0, INBOX, PT1M, port",
        "mail.example.org, user, secret, 993,    ' ', PT1M, folder",
        "mail.example.org, user, secret, 993, INBOX, PT0S, delay"
    })
    void refusesSettingsThatCannotWork(
            String host, String username, String password, int port, String folder, Duration delay, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailboxSettings(
                        host, port, username, password, folder, true, delay, Duration.ofSeconds(20)))
                .withMessageContaining("sterna.notices.mailbox." + named);
    }

    private static String returnAddress(Notice notice) {
        return new ReturnAddress(Chancery.DELIVERY).of(notice.id());
    }

    private void deliver(String message) throws MessagingException {
        Properties lenient = new Properties();
        mailbox.deliver(new MimeMessage(
                Session.getInstance(lenient), new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))));
    }

    private static String answer(String to, String answered, String from, String header) {
        return """
                From: %s
                To: %s
                Subject: Re: the duty
                Message-ID: <%s@example.org>
                In-Reply-To: %s
                %sContent-Type: text/html; charset=utf-8

                <p>We need <b>two</b> more weeks.</p><script>alert(1)</script>
                """.formatted(from, to, UUID.randomUUID(), answered, header.replace("\r\n", "\n"))
                .replace("\n", "\r\n");
    }

    private static String bounce(String to, String returned, String action, String status, String said) {
        return """
                Return-Path: <>
                From: Mail Delivery System <mailer-daemon@example.org>
                To: %s
                Subject: Delivery status
                Auto-Submitted: auto-replied
                Message-ID: <%s@example.org>
                Content-Type: multipart/report; report-type=delivery-status; boundary=part

                --part
                Content-Type: text/plain

                This is about your mail.
                --part
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; anna@example.org
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; %s

                --part
                Content-Type: text/rfc822-headers

                Message-ID: %s
                Subject: the duty

                --part--
                """.formatted(to, UUID.randomUUID(), action, status, said, returned)
                .replace("\n", "\r\n");
    }

    /** A node that reads the mailbox. */
    private static final class Desk {

        final Chancery chancery;
        final JdbcCorrespondence correspondence;
        final MailboxReader reader;

        Desk(Chancery.On on) {
            this(new Chancery(on.database(), MAIL.getSmtp().getPort()));
        }

        private Desk(Chancery chancery) {
            this.chancery = chancery;
            MailboxSettings settings = new MailboxSettings(
                    "127.0.0.1",
                    MAIL.getImap().getPort(),
                    MAILBOX,
                    "secret",
                    "INBOX",
                    false,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5));
            DataSourceTransactionManager transactions = new DataSourceTransactionManager(chancery.database);
            this.correspondence = new JdbcCorrespondence(
                    chancery.jdbc,
                    chancery.outbox,
                    chancery.undeliverable,
                    new ReturnAddress(Chancery.DELIVERY),
                    chancery.obligations,
                    settings,
                    transactions,
                    chancery.clock);
            this.reader = new MailboxReader(settings, correspondence, chancery.jdbc, transactions, chancery.clock);
        }

        MailboxReader anotherNode() {
            return new Desk(chancery).reader;
        }

        Notice sent(Holder holder) {
            Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
            chancery.seat("nfp-CHE", holder);
            chancery.notices.issue(
                    Chancery.request(obligation, "overdue", "overdue@" + Chancery.DEADLINE, Map.of(), "nfp-CHE"));
            chancery.sender.sendDue();
            List<Notice> all = chancery.notices.of(obligation.id());
            assertThat(all).singleElement().extracting(Notice::state).isEqualTo(State.SENT);
            return all.get(0);
        }
    }
}
