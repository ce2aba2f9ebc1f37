package org.sterna.notices;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * A notice as a mail: plain text and HTML side by side, the deadline for the calendar attached, with its own fixed
 * Message-ID.
 */
final class MimeNotice extends SMTPMessage {

    static {
        // else the mail library looks through the whole class path for it, a dozen times in every message
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private static final Pattern METHOD = Pattern.compile("^METHOD:([A-Z]+)\\s*$", Pattern.MULTILINE);

    /** RFC 5322. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String messageId;
    private boolean contentGoing;

    /**
     * @param host the host that names list and thread
     * @throws AddressException if the recipient's address cannot be one
     */
    MimeNotice(Session session, Notice notice, NoticeSettings settings, String host, Instant now)
            throws MessagingException {
        super(session);
        this.messageId = notice.messageId();
        setFrom(settings.fromAddress());
        InternetAddress replyTo = settings.replyToAddress();
        if (replyTo != null) {
            setReplyTo(new InternetAddress[] {replyTo});
        }
        setRecipient(Message.RecipientType.TO, recipient(notice));
        setSubject(notice.subject(), UTF_8);
        setHeader("Date", DATE.format(now));
        // a digest is about many duties and a list about many Parties, and each begins a thread of its own
        if (!notice.kind().equals(DigestRound.DIGEST) && !notice.kind().equals(NoticeKinds.LIST)) {
            String thread = "<obligation." + notice.obligationId() + "@" + host + ">";
            setHeader("In-Reply-To", thread);
            setHeader("References", thread);
        }
        setHeader("List-Id", "<notices." + host + ">");
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("Content-Language", notice.language().toLanguageTag());
        MimeBodyPart text = new MimeBodyPart();
        text.setText(notice.text(), UTF_8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(notice.html(), UTF_8, "html");
        MimeMultipart texts = new MimeMultipart("alternative", text, html);
        if (notice.calendar() == null) {
            setContent(texts);
        } else {
            MimeBodyPart letter = new MimeBodyPart();
            letter.setContent(texts);
            setContent(new MimeMultipart("mixed", letter, calendar(notice.calendar())));
        }
        saveChanges();
    }

    /** The method in the type must be the one in the file; some calendars look at one, some at the other. */
    private static MimeBodyPart calendar(String file) throws MessagingException {
        Matcher method = METHOD.matcher(file);
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                file.getBytes(StandardCharsets.UTF_8),
                "text/calendar; charset=UTF-8; method=" + (method.find() ? method.group(1) : "PUBLISH"))));
        part.setDisposition(Part.ATTACHMENT);
        part.setFileName("deadline.ics");
        return part;
    }

    private static InternetAddress recipient(Notice notice) throws AddressException {
        String email = notice.email();
        int at = email.lastIndexOf('@');
        try {
            InternetAddress address = new InternetAddress(
                    at < 0 ? email : email.substring(0, at + 1) + IDN.toASCII(email.substring(at + 1)));
            address.validate();
            if (address.isGroup() || address.getPersonal() != null || at < 0) {
                throw new AddressException("Not a plain address", email);
            }
            address.setPersonal(notice.recipient(), UTF_8);
            return address;
        } catch (IllegalArgumentException | UnsupportedEncodingException e) {
            throw new AddressException(e.getMessage(), email);
        }
    }

    /** Whether the content has begun to leave: from then on a broken connection leaves the outcome open. */
    boolean contentGoing() {
        return contentGoing;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        contentGoing = true;
        super.writeTo(out, ignored);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
