package org.sterna.notices;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server said about a delivery. Codes are taken from their places only: a basic code at the beginning of a
 * reply, an enhanced one right behind it. Numbers elsewhere, such as those of addresses, telephones, rooms and versions,
 * are words like others.
 *
 * @param code the basic reply code of RFC 5321; 0 if there is none
 * @param status the enhanced status code of RFC 3463, for example {@code 5.1.1}; null if there is none
 * @param words what it said, in lower-case letters and without addresses, links and names of hosts
 */
record ServerReply(int code, @Nullable String status, String words) {

    /** An enhanced status code that is not part of a longer number. */
    private static final String ENHANCED = "([245]\\.[0-7]\\.\\d{1,3})(?![.\\d])";

    private static final Pattern STATUS_FIELD = Pattern.compile("\\s*" + ENHANCED);

    /** A reply at its place: at the beginning of a line, behind the kind of server, or behind what introduces it. */
    private static final Pattern REPLY = Pattern.compile(
            "(?:^|\\b(?:smtp|x-[\\w-]+);|\\b(?:said|returned|responded|response|reply|reason|error|rcpt to)\\b[^:\\n]{0,80}:)"
                    + "[ \\t\\n>'\"<(#]*([245]\\d\\d)(?=[ \\t\\n-]|$)(?:[ \\t-]#?" + ENHANCED + ")?",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** How qmail and its kin write a status. */
    private static final Pattern BRACKETED = Pattern.compile("\\(#" + ENHANCED + "\\)");

    /** Addresses, links, and names and numbers of hosts: their parts are no words. */
    private static final Pattern NAMES = Pattern.compile(
            "\\S*@\\S*|\\b[a-z][a-z+.-]*://\\S*|\\b[\\w-]+(?:\\.[\\w-]+)+\\b", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 4000;

    /**
     * Reads what somebody wrote that holds a server's reply.
     *
     * @param text for example a Diagnostic-Code of RFC 3464, or the lines about a recipient in a report
     */
    static ServerReply in(String text) {
        String read = shortened(text).replace("\r\n", "\n").strip();
        int code = 0;
        String status = null;
        Matcher reply = REPLY.matcher(read);
        while (status == null && reply.find()) {
            int found = Integer.parseInt(reply.group(1));
            code = code == 0 ? found : code;
            status = found == code ? ofClass(found, reply.group(2)) : null;
        }
        Matcher bracketed = BRACKETED.matcher(read);
        if (status == null && code == 0 && bracketed.find()) {
            status = bracketed.group(1);
        }
        return new ServerReply(code, status, words(read));
    }

    /**
     * The reply of a server during a session.
     *
     * @param code its basic code
     * @param reply all its lines
     */
    static ServerReply live(int code, String reply) {
        Matcher beginning = REPLY.matcher(shortened(reply));
        String status = beginning.lookingAt() ? ofClass(code, beginning.group(2)) : null;
        return new ServerReply(code, status, words(shortened(reply)));
    }

    /** With the status that a report names in a field of its own, unless that says nothing. */
    ServerReply with(@Nullable String field) {
        Matcher named = STATUS_FIELD.matcher(field == null ? "" : field);
        if (!named.lookingAt() || status != null && named.group(1).endsWith(".0.0")) {
            return this;
        }
        return new ServerReply(code, named.group(1), words);
    }

    /** A status whose class is another than that of the code beside it is none. */
    private static @Nullable String ofClass(int code, @Nullable String status) {
        return status != null && status.charAt(0) == Integer.toString(code).charAt(0) ? status : null;
    }

    private static String words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'');
        return NAMES.matcher(plain).replaceAll(" ").replaceAll("\\s+", " ").strip();
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
