package org.sterna.notices;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
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
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in, read with caution: whatever anybody sent, it gives texts and nothing else.
 *
 * @param key by which it is known again
 * @param addresses everything that stands in headers where the address it came to may be
 * @param references the messages it answers or returns
 * @param report what a mail server says in it about a delivery; null if it is something else
 * @param from who wrote
 * @param subject the subject line
 * @param text the text, without formatting
 * @param kind what it is where it is no report
 */
record Incoming(
        String key,
        String addresses,
        Set<String> references,
        @Nullable DeliveryReport report,
        String from,
        String subject,
        String text,
        Correspondence.ReplyKind kind) {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");

    private static final Pattern MACHINE = Pattern.compile(
            "mailer-?daemon|postmaster|mail delivery|mdaemon|microsoftexchange", Pattern.CASE_INSENSITIVE);

    /** How programs that answer in somebody's absence begin their subjects. */
    private static final Pattern ABSENCE = Pattern.compile(
            "^\\s*(out of (the )?office|automatic reply|auto(-| )?reply|autoreply|absence du bureau"
                    + "|r[eé]ponse automatique|respuesta autom[aá]tica|fuera de la oficina|abwesenheit|automatische antwort)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Set<String> MACHINES_PRECEDENCE = Set.of("auto_reply", "auto-reply", "bulk", "junk");
    private static final int DEEPEST = 20;

    static Incoming of(MimeMessage message) throws MessagingException, IOException {
        Set<String> references = new LinkedHashSet<>();
        collect(message.getHeader("In-Reply-To"), references);
        collect(message.getHeader("References"), references);
        String from = decoded(message.getHeader("From", ", "));
        String subject = decoded(message.getHeader("Subject", " "));
        boolean server = MACHINE.matcher(from).find();
        Reading reading = new Reading(references, server || message.isMimeType("multipart/report"));
        reading.part(message, 0);
        String text = PlainText.paragraph(reading.text.toString());
        boolean automatic = automatic(message, subject);
        DeliveryReport report = reading.report();
        if (report == null && server && !reading.receipt) {
            report = DeliveryReport.text(reading.text.toString(), automatic);
        }
        if (text.length() > Correspondence.LONGEST_TEXT) {
            text = text.substring(0, Correspondence.LONGEST_TEXT - 1) + "…";
        }
        return new Incoming(
                key(message),
                joined(message.getHeader("To")) + " " + joined(message.getHeader("Cc")) + " "
                        + joined(message.getHeader("Delivered-To")) + " " + joined(message.getHeader("X-Original-To"))
                        + " " + joined(message.getHeader("Envelope-To")),
                references,
                report,
                PlainText.line(from, 400),
                PlainText.line(subject, 400),
                text,
                reading.receipt
                        ? Correspondence.ReplyKind.RECEIPT
                        : automatic ? Correspondence.ReplyKind.AUTOMATIC : Correspondence.ReplyKind.ANSWER);
    }

    /** Whether a machine wrote, RFC 3834 and what older programs do. */
    private static boolean automatic(MimeMessage message, String subject) throws MessagingException {
        String submitted = lower(message.getHeader("Auto-Submitted"));
        return !submitted.isEmpty() && !submitted.startsWith("no")
                || joined(message.getHeader("Return-Path")).strip().equals("<>")
                || marked(message, "X-Autoreply")
                || marked(message, "X-Autorespond")
                || marked(message, "X-Autoreply-From")
                || MACHINES_PRECEDENCE.contains(lower(message.getHeader("Precedence")))
                || ABSENCE.matcher(subject).find();
    }

    private static boolean marked(MimeMessage message, String header) throws MessagingException {
        String value = lower(message.getHeader(header));
        return !value.isEmpty() && !value.equals("no");
    }

    private static String lower(String @Nullable [] headers) {
        return joined(headers).strip().toLowerCase(Locale.ROOT);
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
        private final boolean mayReport;
        private byte @Nullable [] fields;
        private boolean receipt;

        /** @param mayReport whether this is no message of a person, who may send on a report as a part */
        Reading(Set<String> references, boolean mayReport) {
            this.references = references;
            this.mayReport = mayReport;
        }

        @Nullable
        DeliveryReport report() throws MessagingException, IOException {
            return fields == null ? null : DeliveryReport.fields(new ByteArrayInputStream(fields), text.toString());
        }

        void part(Part part, int depth) throws MessagingException, IOException {
            if (depth > DEEPEST || text.length() > Correspondence.LONGEST_TEXT) {
                return;
            }
            if (part.isMimeType("multipart/*")) {
                parts(new MimeMultipart(part.getDataHandler().getDataSource()), part, depth);
            } else if (mayReport
                    && (part.isMimeType("message/delivery-status")
                            || part.isMimeType("message/global-delivery-status"))) {
                try (InputStream in = part.getInputStream()) {
                    fields = in.readAllBytes();
                }
            } else if (mayReport
                    && (part.isMimeType("message/disposition-notification")
                            || part.isMimeType("message/global-disposition-notification"))) {
                receipt(part);
            } else if (part.isMimeType("message/rfc822")
                    || part.isMimeType("message/global")
                    || part.isMimeType("text/rfc822-headers")
                    || part.isMimeType("message/global-headers")) {
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

        /** RFC 8098: what became of the message at its reader's. */
        private void receipt(Part part) throws MessagingException, IOException {
            receipt = true;
            try (InputStream in = part.getInputStream()) {
                InternetHeaders fields = new InternetHeaders(in);
                collect(fields.getHeader("Original-Message-ID"), references);
                String disposition = fields.getHeader("Disposition", " ");
                if (disposition != null) {
                    text.append("\n[").append(disposition.strip()).append("]\n");
                }
            }
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
