package org.sterna.notices;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;
import org.sterna.register.Addresses;

/**
 * What a mail server reports about a delivery, each recipient by itself.
 *
 * @param findings one for each recipient; at least one
 */
record DeliveryReport(List<Finding> findings) {

    static final int LONGEST_SAID = 1000;

    private static final int MOST_RECIPIENTS = 200;

    /** A line with a recipient alone, or at its beginning, as in the reports of Exim, qmail, Postfix and sendmail. */
    private static final Pattern RECIPIENT = Pattern.compile(
            "^[ \\t]*(?:<([^<>\\s@]+@[^<>\\s@]+)>|([^<>\\s@:]+@[^<>\\s@:]+))[ \\t]*(?::.*|\\(.*)?$", Pattern.MULTILINE);

    private static final Pattern RECIPIENT_ITSELF = Pattern.compile("^[ \\t]*<?[^<>\\s@]+@[^<>\\s@:]+>?[ \\t]*:?");

    /** What somebody quotes from an earlier message. */
    private static final Pattern QUOTED = Pattern.compile("^>(?!>).*$", Pattern.MULTILINE);

    /** How far into its text a mail server says what it is about. */
    private static final int BEGINNING = 1500;

    /** Where the returned message begins. */
    private static final Pattern COPY = Pattern.compile(
            "^[ \\t]*-{3}.*(?:copy|original|returned|below|enclosed|en-?t[eê]tes|header).*$",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    private static final Comparator<Finding> GRAVEST = Comparator.comparing(Finding::verdict);

    /**
     * What is reported about one recipient.
     *
     * @param recipient the address that is reported about; null if the report does not say
     * @param verdict what became of the delivery
     * @param status enhanced status code of RFC 3463; null if there is none
     * @param said what the server said
     */
    record Finding(
            @Nullable String recipient,
            DeliveryVerdict verdict,
            @Nullable String status,
            String said) {

        private boolean about(String email) {
            return recipient == null || recipient.equals(Addresses.key(email));
        }
    }

    /**
     * What the report says to somebody who wrote to that address: about the address itself, or else about another that
     * its mail went on to, such as a member of a group.
     */
    Finding of(String email) {
        Optional<Finding> own =
                findings.stream().filter(finding -> finding.about(email)).min(GRAVEST);
        Optional<Finding> others =
                findings.stream().filter(finding -> !finding.about(email)).min(GRAVEST);
        return own.filter(finding -> finding.verdict() != DeliveryVerdict.DELIVERED || others.isEmpty())
                .or(() -> others)
                .orElseThrow();
    }

    /** Whether the finding is about another address than the one that was written to. */
    static boolean another(Finding finding, String email) {
        return !finding.about(email);
    }

    /**
     * Reads the fields of RFC 3464.
     *
     * @param text what the report says to people, for those that put the reason there alone
     * @return null if they name no recipient
     */
    static @Nullable DeliveryReport fields(InputStream part, String text) throws MessagingException, IOException {
        DeliveryStatus status = new DeliveryStatus(part);
        List<Finding> findings = new ArrayList<>();
        List<InternetHeaders> groups = new ArrayList<>();
        // some leave out the blank line between what is about the message and what is about its recipient
        groups.add(status.getMessageDSN());
        for (int i = 0; i < status.getRecipientDSNCount() && i < MOST_RECIPIENTS; i++) {
            groups.add(status.getRecipientDSN(i));
        }
        for (InternetHeaders group : groups) {
            String action = field(group, "Action").toLowerCase(Locale.ROOT);
            String recipient = address(field(group, "Final-Recipient"));
            if (recipient == null) {
                recipient = address(field(group, "Original-Recipient"));
            }
            String code = field(group, "Status");
            if (recipient == null && action.isEmpty() && code.isEmpty()) {
                continue;
            }
            String said = field(group, "Diagnostic-Code");
            if (said.isEmpty()) {
                said = field(group, "X-Supplementary-Info");
            }
            ServerReply reply = ServerReply.in(said.isEmpty() ? text : said).with(code);
            findings.add(new Finding(
                    recipient,
                    verdict(action, code, reply),
                    reply.status(),
                    PlainText.line(said.isEmpty() ? (action + " " + code + " " + text).strip() : said, LONGEST_SAID)));
        }
        return findings.isEmpty() ? null : new DeliveryReport(List.copyOf(findings));
    }

    private static DeliveryVerdict verdict(String action, String code, ServerReply reply) {
        if (action.startsWith("delayed") || action.isEmpty() && code.startsWith("4")) {
            return DeliveryVerdict.DELAYED;
        }
        if (action.startsWith("failed") || action.isEmpty() && !code.startsWith("2")) {
            return DeliveryRules.TABLE.judge(reply);
        }
        return DeliveryVerdict.DELIVERED;
    }

    /**
     * Reads the text of a mail server that keeps to no standard.
     *
     * @param machine whether headers say that it comes from a machine, so that a reply in it is enough to know it by
     * @return null if it is no report
     */
    static @Nullable DeliveryReport text(String text, boolean machine) {
        Matcher copy = COPY.matcher(text);
        String report = copy.find() ? text.substring(0, copy.start()) : text;
        report = QUOTED.matcher(report).replaceAll("");
        ServerReply whole = ServerReply.in(report);
        Optional<Boolean> warns =
                DeliveryRules.TABLE.warns(ServerReply.in(report.substring(0, Math.min(report.length(), BEGINNING)))
                        .words());
        if (warns.isEmpty() && !(machine && (whole.code() >= 400 || whole.status() != null))) {
            return null;
        }
        List<Finding> findings = new ArrayList<>();
        List<String> recipients = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        Matcher line = RECIPIENT.matcher(report);
        while (line.find() && starts.size() < MOST_RECIPIENTS) {
            recipients.add(Addresses.key(line.group(1) == null ? line.group(2) : line.group(1)));
            starts.add(line.start());
        }
        for (int i = 0; i < starts.size(); i++) {
            String block = report.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : report.length());
            findings.add(finding(recipients.get(i), block, warns.orElse(false)));
        }
        if (findings.isEmpty()) {
            findings.add(finding(null, report, warns.orElse(false)));
        }
        return new DeliveryReport(List.copyOf(findings));
    }

    private static Finding finding(@Nullable String recipient, String block, boolean warns) {
        // behind its address, a reply stands at the beginning
        ServerReply reply = ServerReply.in(
                recipient == null ? block : RECIPIENT_ITSELF.matcher(block).replaceFirst(""));
        return new Finding(
                recipient,
                warns ? DeliveryVerdict.DELAYED : DeliveryRules.TABLE.judge(reply),
                reply.status(),
                PlainText.line(block, LONGEST_SAID));
    }

    private static String field(InternetHeaders group, String name) {
        String value = group.getHeader(name, " ");
        return value == null
                ? ""
                : MimeUtility.unfold(value).replaceAll("\\s+", " ").strip();
    }

    /** The address in {@code rfc822; name@example.org}. */
    private static @Nullable String address(String field) {
        String address = Addresses.key(field.substring(field.indexOf(';') + 1).replaceAll("[<>]", ""));
        return address.contains("@") && address.length() <= 320 ? address : null;
    }
}
