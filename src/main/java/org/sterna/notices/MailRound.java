package org.sterna.notices;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.time.Clock;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/** One walk to the mail server: many notices over one connection, opened when first needed. */
final class MailRound implements AutoCloseable {

    /** Refusals of ourselves, not of the message: somebody will mend the password. */
    private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

    private static final int LONGEST_REPLY = 1000;

    private final JavaMailSenderImpl server;
    private final NoticeSettings settings;
    private final String host;
    private final Clock clock;
    private @Nullable Transport transport;

    MailRound(JavaMailSenderImpl server, NoticeSettings settings, String host, Clock clock) {
        this.server = server;
        this.settings = settings;
        this.host = host;
        this.clock = clock;
    }

    /** What came of handing over a notice. */
    enum Outcome {
        /** The server took it. */
        ACCEPTED,
        /** The server will never take it. */
        REFUSED,
        /** The address cannot be one. */
        NO_ADDRESS,
        /** The server did not take it this time. */
        LATER,
        /** There was no connection. */
        UNREACHABLE,
        /** The connection broke when the server may already have taken it. */
        UNSURE
    }

    /**
     * What came of handing over a notice.
     *
     * @param outcome what came of it
     * @param reply what the server said, or what went wrong
     */
    record Answer(Outcome outcome, String reply) {}

    Answer deliver(Notice notice) {
        Session session = server.getSession();
        MimeNotice message;
        try {
            message = new MimeNotice(session, notice, settings, host, clock.instant());
        } catch (AddressException e) {
            return new Answer(Outcome.NO_ADDRESS, text(e));
        } catch (MessagingException | RuntimeException e) {
            return new Answer(Outcome.REFUSED, text(e));
        }
        Transport connection;
        try {
            connection = connected(session);
        } catch (MessagingException e) {
            return new Answer(Outcome.UNREACHABLE, text(e));
        }
        try {
            connection.sendMessage(message, message.getAllRecipients());
            return new Answer(Outcome.ACCEPTED, lastReply(connection));
        } catch (MessagingException e) {
            Answer answer = judged(e, message);
            reconnectIfBroken(connection);
            return answer;
        }
    }

    private Transport connected(Session session) throws MessagingException {
        if (transport == null) {
            String protocol = server.getProtocol();
            Transport fresh = session.getTransport(protocol == null ? "smtp" : protocol);
            String user = StringUtils.hasText(server.getUsername()) ? server.getUsername() : null;
            fresh.connect(server.getHost(), server.getPort(), user, user == null ? null : server.getPassword());
            transport = fresh;
        }
        return transport;
    }

    private void reconnectIfBroken(Transport connection) {
        if (!connection.isConnected()) {
            close();
        }
    }

    private static Answer judged(MessagingException failure, MimeNotice message) {
        int code = -1;
        for (Exception part = failure; part instanceof MessagingException; part = next((MessagingException) part)) {
            if (part instanceof AddressException) {
                return new Answer(Outcome.NO_ADDRESS, text(part));
            }
            code = Math.max(code, code(part));
        }
        String said = text(failure);
        if (code >= 500 && !NOT_LET_IN.contains(code)) {
            return new Answer(Outcome.REFUSED, said);
        }
        if (code >= 400) {
            return new Answer(Outcome.LATER, said);
        }
        return new Answer(message.contentGoing() ? Outcome.UNSURE : Outcome.LATER, said);
    }

    private static @Nullable Exception next(MessagingException failure) {
        return failure.getNextException();
    }

    private static int code(Exception part) {
        if (part instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (part instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return part instanceof SMTPSendFailedException send ? send.getReturnCode() : -1;
    }

    private static String lastReply(Transport connection) {
        String reply = connection instanceof SMTPTransport smtp ? smtp.getLastServerResponse() : null;
        return reply == null ? "" : PlainText.line(reply, LONGEST_REPLY);
    }

    private static String text(Exception failure) {
        StringBuilder text = new StringBuilder();
        for (Exception part = failure; part != null; part = part instanceof MessagingException m ? next(m) : null) {
            if (part.getMessage() != null && text.indexOf(part.getMessage()) < 0) {
                text.append(text.isEmpty() ? "" : " ").append(part.getMessage());
            }
        }
        return PlainText.line(text.isEmpty() ? failure.getClass().getSimpleName() : text.toString(), LONGEST_REPLY);
    }

    @Override
    public void close() {
        if (transport != null) {
            try {
                transport.close();
            } catch (MessagingException alreadyGone) {
                // nothing is lost: every notice has its answer
            }
            transport = null;
        }
    }
}
