package org.sterna.notices;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.sterna.register.AccountLetters;
import org.sterna.register.AccountLetters.Letter;

/**
 * Sends letters about accounts, as the mail gate allows. The text with its link exists only while it leaves: it is
 * neither kept nor logged, and a letter that is sent again gets another link.
 */
@Component
class AccountLetterSender {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLetterSender.class);

    private static final int AT_A_TIME = 20;

    /** Longer than the mail server may take for one message. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private final AccountLetters letters;
    private final MailGate gate;
    private final @Nullable JavaMailSenderImpl server;
    private final @Nullable TrialMailbox trial;
    private final NoticeSettings settings;
    private final MessageSource messages;
    private final Clock clock;
    private final String baseUrl;

    AccountLetterSender(
            AccountLetters letters,
            MailGate gate,
            ObjectProvider<JavaMailSenderImpl> mail,
            ObjectProvider<TrialMailbox> trial,
            NoticeSettings settings,
            MessageSource messages,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.letters = letters;
        this.gate = gate;
        this.server = mail.getIfAvailable();
        this.trial = trial.getIfAvailable();
        this.settings = settings;
        this.messages = messages;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    @Scheduled(fixedDelayString = "${sterna.notices.sender.delay:PT5S}")
    void look() {
        if (settings.sender().enabled()) {
            sendDue();
        }
    }

    /** Sends what is due now; keeps it where no mail leaves. */
    void sendDue() {
        boolean keeps = !gate.serverConfigured() && trial != null;
        if (!keeps && (server == null || !gate.state().open())) {
            return;
        }
        List<Letter> some;
        do {
            some = letters.take(AT_A_TIME, LEASE);
            some.forEach(letter -> send(letter, keeps));
        } while (some.size() == AT_A_TIME);
    }

    private void send(Letter letter, boolean keeps) {
        String subject = text(letter.kind().code() + ".subject", letter.language());
        String body = body(letter);
        if (keeps) {
            trial.keep(letter.email(), subject, body);
            letters.sent(letter.id(), "");
            return;
        }
        try {
            server.send(message(letter, subject, body));
            letters.sent(letter.id(), "");
        } catch (MessagingException | UnsupportedEncodingException | MailException e) {
            // what it says may hold the address, which is kept with the letter and is not for logs
            LOG.warn("A letter about an account did not leave: {}", e.getClass().getSimpleName());
            letters.notSent(letter, WAITS.get(Math.min(letter.attempts(), WAITS.size()) - 1), reason(e));
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return PlainText.line(cause.getClass().getSimpleName() + " " + cause.getMessage(), 1000);
    }

    private MimeMessage message(Letter letter, String subject, String body)
            throws MessagingException, UnsupportedEncodingException {
        String id = "<account." + letter.id() + "." + letter.attempts() + "@" + JdbcNotices.host(baseUrl) + ">";
        MimeMessage message = new MimeMessage(server.getSession()) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        InternetAddress to = new InternetAddress(letter.email(), true);
        to.setPersonal(letter.recipient(), StandardCharsets.UTF_8.name());
        message.setFrom(settings.fromAddress());
        InternetAddress replyTo = settings.replyToAddress();
        if (replyTo != null) {
            message.setReplyTo(new InternetAddress[] {replyTo});
        }
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", letter.language().toLanguageTag());
        message.setText(body, StandardCharsets.UTF_8.name());
        return message;
    }

    private String body(Letter letter) {
        Locale reader = letter.language();
        String action = letter.kind().withLink()
                ? text(
                        letter.kind().code() + ".link",
                        reader,
                        letter.kind().validity().toDays(),
                        address("/login/link/" + letters.secret(letter)))
                : text("check", reader, address("/login/forgotten"));
        return String.join(
                "\n\n",
                text("greeting", reader, letter.recipient()),
                text(letter.kind().code() + ".text", reader, letter.username()),
                action,
                text(letter.kind().withLink() ? "unasked" : "unknown", reader, contact(reader)),
                text("closing", reader));
    }

    private String contact(Locale reader) {
        return settings.contact() == null ? text("contact", reader) : settings.contact();
    }

    private String address(String path) {
        return baseUrl.replaceFirst("/+$", "") + path;
    }

    private String text(String key, Locale reader, Object... arguments) {
        return messages.getMessage("account-letter." + key, arguments, reader);
    }
}
