package org.sterna.notices;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in, read with caution: whatever anybody sent, it gives texts and nothing else.
 *
 * @param key by which it is known again
 * @param addresses everything that stands in headers where the address it came to may be
 * @param references the messages it answers or returns
 * @param report what it says about a delivery; null if it is an answer
 * @param from who wrote
 * @param subject the subject line
 * @param text the text, without formatting
 * @param automatic whether a machine answered
 */
record Incoming(
        String key,
        String addresses,
        Set<String> references,
        @Nullable Report report,
        String from,
        String subject,
        String text,
        boolean automatic) {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");
    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    /** What servers without better codes say of an address. */
    private static final Pattern REFUSED = Pattern.compile("\\b55[013]\\b");

    private static final Pattern MACHINE =
            Pattern.compile("mailer-daemon|postmaster|mail delivery|mdaemon", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_SAID = 1000;
    private static final int DEEPEST = 20;

    /** What a server says about a delivery. */
    enum Fate {
        /** There is no such mailbox. */
        NO_SUCH_ADDRESS,
        /** It was given up, but for no reason that lies in the address. */
        GIVEN_UP,
        /** It is still being tried. */
        DELAYED,
        /** It went well. */
        FINE
    }

    /**
     * A delivery status notification, RFC 3464.
     *
     * @param fate what became of the delivery
     * @param status the enhanced status code; null if there is none
     * @param said the diagnostic text
     */
    record Report(Fate fate, @Nullable String status, String said) {}

    static Incoming of(MimeMessage message) throws MessagingException, IOException {
        Set<String> references = new LinkedHashSet<>();
        collect(message.getHeader("In-Reply-To"), references);
        collect(message.getHeader("References"), references);
        Reading reading = new Reading(references);
        reading.part(message, 0);
        String from = decoded(message.getHeader("From", ", "));
        String text = PlainText.paragraph(reading.text.toString());
        if (text.length() > Correspondence.LONGEST_TEXT) {
            text = text.substring(0, Correspondence.LONGEST_TEXT - 1) + "…";
        }
        String submitted = joined(message.getHeader("Auto-Submitted")).toLowerCase(Locale.ROOT);
        boolean automatic = submitted.startsWith("auto-");
        Report report = reading.report;
        if (report == null
                && !submitted.startsWith("auto-replied")
                && MACHINE.matcher(from).find()) {
            report = untidy(text);
        }
        return new Incoming(
                key(message),
                joined(message.getHeader("To")) + " " + joined(message.getHeader("Cc")) + " "
                        + joined(message.getHeader("Delivered-To")) + " " + joined(message.getHeader("X-Original-To"))
                        + " " + joined(message.getHeader("Envelope-To")),
                references,
                report,
                PlainText.line(from, 400),
                PlainText.line(decoded(message.getHeader("Subject", " ")), 400),
                text,
                automatic);
    }

    /** A report that follows no standard: only a code about the address itself is taken at its word. */
    private static Report untidy(String text) {
        Matcher status = STATUS.matcher(text);
        String found = status.find() ? status.group(1) : null;
        return new Report(fate("failed", found, text), found, PlainText.line(text, LONGEST_SAID));
    }

    /** @param action {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} or {@code expanded} */
    private static Fate fate(String action, @Nullable String status, String said) {
        boolean unspecific = status == null || status.equals("5.0.0");
        return switch (action.strip().toLowerCase(Locale.ROOT)) {
            case "failed" ->
                (unspecific
                                ? REFUSED.matcher(said).find() && MailRound.noSuchAddress(550, unenhanced(said))
                                : MailRound.noSuchAddress(550, status))
                        ? Fate.NO_SUCH_ADDRESS
                        : Fate.GIVEN_UP;
            case "delayed" -> Fate.DELAYED;
            default -> Fate.FINE;
        };
    }

    private static String unenhanced(String said) {
        return said.replace("5.0.0", "");
    }

    private static void collect(String @Nullable [] headers, Set<String> references) {
        Matcher id = MESSAGE_ID.matcher(joined(headers));
        while (id.find() && references.size() < 100) {
            references.add(id.group());
        }
    }

    private static String joined(String @Nullable [] headers) {
        return headers == null ? "" : String.join(" ", headers);
    }

    private static String decoded(@Nullable String header) {
        if (header == null) {
            return "";
        }
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(header));
        } catch (IOException unknownCharset) {
            return header;
        }
    }

    private static String key(MimeMessage message) throws MessagingException, IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String id = message.getHeader("Message-ID", null);
            if (id == null) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                message.writeTo(all);
                digest.update(all.toByteArray());
            } else {
                digest.update(id.strip().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Walks through the parts of a message. */
    private static final class Reading {

        private final Set<String> references;
        private final StringBuilder text = new StringBuilder();
        private @Nullable Report report;

        Reading(Set<String> references) {
            this.references = references;
        }

        void part(Part part, int depth) throws MessagingException, IOException {
            if (depth > DEEPEST || text.length() > Correspondence.LONGEST_TEXT) {
                return;
            }
            if (part.isMimeType("multipart/*")) {
                parts(new MimeMultipart(part.getDataHandler().getDataSource()), part, depth);
            } else if (part.isMimeType("message/delivery-status")) {
                status(part);
            } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
                try (InputStream in = part.getInputStream()) {
                    collect(new InternetHeaders(in).getHeader("Message-ID"), references);
                }
            } else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || !part.isMimeType("text/*")) {
                String name = decoded(part.getFileName());
                text.append("\n[")
                        .append(name.isBlank() ? part.getContentType() : name)
                        .append("]\n");
            } else {
                String content = content(part);
                text.append(part.isMimeType("text/html") ? Jsoup.parse(content).wholeText() : content)
                        .append('\n');
            }
        }

        private void parts(Multipart several, Part whole, int depth) throws MessagingException, IOException {
            if (whole.isMimeType("multipart/alternative")) {
                BodyPart best = several.getBodyPart(0);
                for (int i = 1; i < several.getCount() && !best.isMimeType("text/plain"); i++) {
                    best = several.getBodyPart(i);
                }
                part(best, depth + 1);
                return;
            }
            for (int i = 0; i < several.getCount(); i++) {
                part(several.getBodyPart(i), depth + 1);
            }
        }

        private void status(Part part) throws MessagingException, IOException {
            DeliveryStatus status;
            try (InputStream in = part.getInputStream()) {
                status = new DeliveryStatus(in);
            }
            for (int i = 0; i < status.getRecipientDSNCount(); i++) {
                InternetHeaders recipient = status.getRecipientDSN(i);
                String action = first(recipient, "Action");
                Matcher code = STATUS.matcher(first(recipient, "Status"));
                String found = code.find() ? code.group(1) : null;
                String said = first(recipient, "Diagnostic-Code");
                report = new Report(
                        fate(action, found, said),
                        found,
                        PlainText.line(said.isBlank() ? action + " " + found : said, LONGEST_SAID));
            }
        }

        private static String first(InternetHeaders headers, String name) {
            String value = headers.getHeader(name, " ");
            return value == null ? "" : MimeUtility.unfold(value).strip();
        }

        private static String content(Part part) throws MessagingException, IOException {
            try {
                return part.getContent() instanceof String string ? string : "";
            } catch (IOException unknownCharset) {
                try (InputStream in = part.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                }
            }
        }
    }
}
