package org.sterna.whole;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mail server on free ports, for all that the application sends and for the mailbox that it reads; runs until the tests
 * are over.
 */
final class MailServer {

    private static final String MAILBOX = "bounces@sterna.example.org";

    private final GreenMail server = new GreenMail(ServerSetup.dynamicPort(ServerSetup.SMTP_IMAP));

    /** What the sender gave as return address, by the Message-ID. */
    private final Map<String, String> returns = new ConcurrentHashMap<>();

    MailServer() {
        server.start();
        UserManager users = server.getUserManager();
        GreenMailUser mailbox = server.setUser(MAILBOX, MAILBOX, "secret");
        users.setMessageDeliveryHandler((message, to) -> {
            if (to.getEmail().startsWith("bounces+")) {
                return mailbox;
            }
            returns.put(
                    message.getMessage().getMessageID(), message.getReturnPath().getEmail());
            return recipient(users, to.getEmail());
        });
    }

    private static synchronized GreenMailUser recipient(UserManager users, String address) throws UserException {
        GreenMailUser known = users.getUserByEmail(address);
        return known == null ? users.createUser(address, address, address) : known;
    }

    /** What tells an application of this server. */
    Map<String, String> settings() {
        return Map.of(
                "spring.mail.host", "127.0.0.1",
                "spring.mail.port", Integer.toString(server.getSmtp().getPort()),
                "sterna.notices.sender.delay", "PT1S",
                "sterna.notices.delivery.bounces", MAILBOX,
                "sterna.notices.mailbox.host", "127.0.0.1",
                "sterna.notices.mailbox.port", Integer.toString(server.getImap().getPort()),
                "sterna.notices.mailbox.username", MAILBOX,
                "sterna.notices.mailbox.password", "secret",
                "sterna.notices.mailbox.ssl", "false",
                "sterna.notices.mailbox.delay", "PT1S");
    }

    /** Tells the sender of a message, as the recipient's server would, that there is no such mailbox. */
    void sendBack(String messageId, String recipient) throws MessagingException {
        String report = """
                From: Mail Delivery System <mailer-daemon@example.org>
                To: %s
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                Message-ID: <%s@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=part

                --part
                Content-Type: text/plain

                Your message could not be delivered.
                --part
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                --part--
                """.formatted(returns.get(messageId), UUID.randomUUID(), recipient)
                .replace("\n", "\r\n");
        MimeMessage bounce = new MimeMessage(
                server.getSmtp().createSession(), new ByteArrayInputStream(report.getBytes(StandardCharsets.US_ASCII)));
        Transport.send(bounce, bounce.getRecipients(Message.RecipientType.TO));
    }
}
