package org.sterna.notices;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/** A walk to the mail server: many notices over one connection, opened when first needed and kept. */
final class MailRound implements AutoCloseable {

    /** Refusals of ourselves, not of the message: somebody will mend the password. */
    private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

    /** The server ends the connection. */
    private static final int CLOSING = 421;

    /** How the mail library says that no encryption came about where no exception of its own does. */
    private static final Pattern NO_ENCRYPTION = Pattern.compile("STARTTLS|\\bTLS\\b|\\bSSL\\b");

    /** How the mail library says that the server's first words were a refusal. */
    private static final Pattern FIRST_WORDS = Pattern.compile("response: [45]\\d\\d|^[45]\\d\\d ");

    private static final int LONGEST_REPLY = 1000;

    private final JavaMailSenderImpl server;
    private final NoticeSettings settings;
    private final String host;
    private final Clock clock;
    private final ReturnAddress returnAddress;
    private final Lock connecting;
    private @Nullable Transport transport;
    private boolean hung;
    private Instant used;

    /** @param connecting held while connecting, so that a server that does not answer keeps one sender only */
    MailRound(
            JavaMailSenderImpl server,
            NoticeSettings settings,
            String host,
            Clock clock,
            ReturnAddress returnAddress,
            Lock connecting) {
        this.server = server;
        this.settings = settings;
        this.host = host;
        this.clock = clock;
        this.returnAddress = returnAddress;
        this.connecting = connecting;
        this.used = clock.instant();
    }

    /** Whether there is a connection that carried something, or was made, within that time. */
    boolean fresh(Duration time) {
        Instant now = clock.instant();
        // somebody may have set the clock
        return transport != null
                && !used.isAfter(now)
                && Duration.between(used, now).compareTo(time) < 0;
    }

    /** What came of handing over a notice. */
    enum Outcome {
        /** The server took it. */
        ACCEPTED,
        /** The server will never take it. */
        REFUSED,
        /** The server will never take it, because there is no such address. */
        NO_SUCH_ADDRESS,
        /** The address cannot be one. */
        NO_ADDRESS,
        /** The server did not take it this time. */
        LATER,
        /** There was no connection. */
        UNREACHABLE,
        /** Another sender is connecting; whether the server can be reached is about to be known. */
        CONNECTING,
        /** The connection broke when the server may already have taken it. */
        UNSURE
    }

    /**
     * What came of handing over a notice.
     *
     * @param outcome what came of it
     * @param reply what the server said, or what went wrong
     * @param verdict what a refusal of the recipient means; null where the server did not speak of the recipient
     * @param trouble what that says about the server; null if it says nothing against it
     * @param ofRecipient whether that may have to do with this recipient or message alone
     */
    record Answer(
            Outcome outcome,
            String reply,
            @Nullable DeliveryVerdict verdict,
            MailServer.@Nullable Condition trouble,
            boolean ofRecipient) {

        Answer(Outcome outcome, String reply) {
            this(outcome, reply, null, null, false);
        }
    }

    /** Connects unless there is a connection; null if there is one now. */
    @Nullable
    Answer connect() {
        if (transport != null) {
            return null;
        }
        if (!connecting.tryLock()) {
            return new Answer(Outcome.CONNECTING, "");
        }
        try {
            transport = connected(server.getSession());
            used = clock.instant();
            return null;
        } catch (MessagingException e) {
            return new Answer(Outcome.UNREACHABLE, text(e), null, unconnected(e), false);
        } finally {
            connecting.unlock();
        }
    }

    Answer deliver(Notice notice) {
        MimeNotice message;
        try {
            message = new MimeNotice(server.getSession(), notice, settings, host, clock.instant());
            String envelope = returnAddress.of(notice.id());
            if (envelope != null) {
                message.setEnvelopeFrom(envelope);
            }
        } catch (AddressException e) {
            return new Answer(Outcome.NO_ADDRESS, text(e));
        } catch (MessagingException | RuntimeException e) {
            return new Answer(Outcome.REFUSED, text(e));
        }
        boolean kept = transport != null;
        Answer answer = attempt(message);
        // a server that ends a connection after some time or so many messages has not looked at this one
        return kept && transport == null && !hung && answer.outcome() == Outcome.LATER ? attempt(message) : answer;
    }

    private Answer attempt(MimeNotice message) {
        Answer unconnected = connect();
        if (unconnected != null) {
            return unconnected;
        }
        Transport connection = transport;
        try {
            used = clock.instant();
            connection.sendMessage(message, message.getAllRecipients());
            return new Answer(Outcome.ACCEPTED, lastReply(connection));
        } catch (MessagingException e) {
            Answer answer = judged(e, message);
            reconnectIfBroken(connection);
            return answer;
        }
    }

    private Transport connected(Session session) throws MessagingException {
        String protocol = server.getProtocol();
        Transport fresh = session.getTransport(protocol == null ? "smtp" : protocol);
        String user = StringUtils.hasText(server.getUsername()) ? server.getUsername() : null;
        fresh.connect(server.getHost(), server.getPort(), user, user == null ? null : server.getPassword());
        return fresh;
    }

    private void reconnectIfBroken(Transport connection) {
        if (!connection.isConnected()) {
            close();
        }
    }

    /** Why no connection came about. */
    private static MailServer.Condition unconnected(MessagingException failure) {
        for (Throwable part = failure; part != null; part = part.getCause()) {
            if (part instanceof AuthenticationFailedException) {
                return MailServer.Condition.LOGIN_REFUSED;
            }
            if (part instanceof MailConnectException) {
                return MailServer.Condition.UNREACHABLE;
            }
            if (part instanceof SSLException) {
                return MailServer.Condition.ENCRYPTION_FAILED;
            }
            if (part instanceof SocketTimeoutException) {
                return MailServer.Condition.SILENT;
            }
        }
        String said = text(failure);
        if (NO_ENCRYPTION.matcher(said).find()) {
            return MailServer.Condition.ENCRYPTION_FAILED;
        }
        return FIRST_WORDS.matcher(said).find() ? MailServer.Condition.TURNED_AWAY : MailServer.Condition.BROKEN_OFF;
    }

    private Answer judged(MessagingException failure, MimeNotice message) {
        int code = -1;
        boolean ofSender = false;
        DeliveryVerdict verdict = null;
        hung = false;
        for (Exception part = failure; part instanceof MessagingException; part = next((MessagingException) part)) {
            if (part instanceof AddressException) {
                return new Answer(Outcome.NO_ADDRESS, text(part));
            }
            ofSender |= part instanceof SMTPSenderFailedException;
            if (part instanceof SMTPAddressFailedException refused) {
                verdict = DeliveryRules.TABLE.judge(
                        ServerReply.live(refused.getReturnCode(), String.valueOf(refused.getMessage())));
            }
            code = Math.max(code, code(part));
            hung |= next((MessagingException) part) instanceof SocketTimeoutException;
        }
        String said = text(failure);
        if (code >= 500 && !NOT_LET_IN.contains(code)) {
            return verdict == DeliveryVerdict.GONE
                    ? new Answer(Outcome.NO_SUCH_ADDRESS, said, verdict, null, true)
                    : new Answer(Outcome.REFUSED, said, verdict, MailServer.Condition.REFUSING, !ofSender);
        }
        if (code == CLOSING) {
            close();
        }
        if (code >= 400) {
            return NOT_LET_IN.contains(code)
                    ? new Answer(Outcome.LATER, said, verdict, MailServer.Condition.LOGIN_REFUSED, false)
                    : new Answer(
                            Outcome.LATER, said, verdict, MailServer.Condition.DEFERRING, !ofSender && code != CLOSING);
        }
        return new Answer(
                message.contentGoing() ? Outcome.UNSURE : Outcome.LATER,
                said,
                null,
                hung ? MailServer.Condition.SILENT : MailServer.Condition.BROKEN_OFF,
                true);
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
