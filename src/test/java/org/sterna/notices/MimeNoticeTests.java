package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;

class MimeNoticeTests {

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r",
            "\n",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u0000",
            "\u202e",
            "Bcc: thief@example.org",
            "=?utf-8?q?x?=",
            "\"",
            ",",
            ";",
            "<",
            ">",
            "<script>alert(1)</script>",
            "<img src=x>",
            "{{7*7}}",
            "${1+1}",
            "[[${1}]]",
            "{0}",
            "' or 1",
            "é",
            "ñ",
            "Ω",
            "😀",
            "--",
            ".",
            "\r\n.\r\n",
            "a".repeat(500),
            " ",
            "\t",
            "@",
            "\\");

    private static final int CASES = 10_000;
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH, Chancery.SPANISH);

    private final Chancery chancery = new Chancery(Chancery.On.H2.database(), null);
    private final Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);

    @Test
    void hasExactlyItsHeadersOneRecipientAndItsElementsWhateverSomebodyTyped() throws Exception {
        Random random = new Random(20270115);
        List<String> headers = headers(parsed("Anna", "reasons"));
        List<String> elements = elements(parsed("Anna", "reasons"));
        for (int i = 0; i < CASES; i++) {
            String name = mixed(random);
            String reasons = "x" + mixed(random);
            chancery.words.put("title", mixedTitle(random), mixedTitle(random), mixedTitle(random));

            MimeMessage message = parsed(name, reasons, LANGUAGES.get(i % LANGUAGES.size()));

            assertThat(headers(message)).isEqualTo(headers);
            assertThat(message.getAllRecipients()).hasSize(1);
            assertThat(((InternetAddress) message.getAllRecipients()[0]).getAddress())
                    .isEqualTo("anna@example.org");
            assertThat(message.getSubject()).doesNotContainPattern("[\\r\\n\\u0085\\u2028\\u2029]");
            assertThat(elements(message)).isEqualTo(elements);
            assertThat(part(message, 0)).isNotBlank();
        }
    }

    /** The library's own way through all jars costs more than the rest of a message. */
    @Test
    void isLaidOutWithoutALookThroughTheClassPath() throws Exception {
        List<String> looked = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        mime(notice(Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH), "r", "anna@example.org"));
        thread.setContextClassLoader(new ClassLoader(before) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                looked.add(name);
                return super.getResources(name);
            }
        });
        try {
            mime(notice(Chancery.holder("Änna", "anna@example.org", Locale.FRENCH), "r", "anna@example.org"))
                    .writeTo(OutputStream.nullOutputStream());
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(looked).doesNotContain("META-INF/services/" + StreamProvider.class.getName());
    }

    @Test
    void attachesTheDeadlineForTheCalendarBesideTheTwoTexts() throws Exception {
        MimeMessage message = parsed("Anna", "reasons");

        assertThat(message.getContentType()).startsWith("multipart/mixed");
        BodyPart calendar = ((MimeMultipart) message.getContent()).getBodyPart(1);
        assertThat(calendar.getContentType()).contains("text/calendar", "method=PUBLISH", "charset=UTF-8");
        assertThat(calendar.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(calendar.getFileName()).isEqualTo("deadline.ics");
        assertThat(new String(calendar.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("METHOD:PUBLISH", "UID:" + obligation.id());
        assertThat(texts(message).getContentType()).startsWith("multipart/alternative");
        assertThat(texts(message).getCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "anna@example.org\r\nBcc: thief@example.org",
                "anna@example.org, thief@example.org",
                "Anna <anna@example.org>",
                "list: anna@example.org, thief@example.org;",
                "anna@exa mple.org",
                "@example.org",
                "anna@"
            })
    void refusesWhatIsNotOnePlainAddress(String email) {
        Notice notice = notice(Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH), "r", email);

        assertThatThrownBy(() -> mime(notice)).isInstanceOf(AddressException.class);
    }

    @Test
    void writesDomainsInOtherScriptsInTheFormThatServersKnow() throws Exception {
        Notice notice = notice(Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH), "r", "anna@bücher.example");

        assertThat(mime(notice).getAllRecipients()[0].toString()).contains("anna@xn--bcher-kva.example");
    }

    private static String mixed(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** A title is a pattern of our own, so it holds no braces or quotes of that pattern's. */
    private static String mixedTitle(Random random) {
        return mixed(random).replaceAll("[{}']", "");
    }

    private MimeMessage parsed(String name, String reasons) throws MessagingException, IOException {
        return parsed(name, reasons, Locale.FRENCH);
    }

    private MimeMessage parsed(String name, String reasons, Locale language) throws MessagingException, IOException {
        Holder holder = Chancery.holder(name, "anna@example.org", language);
        MimeMessage message = mime(notice(holder, reasons, holder.email()));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        message.writeTo(wire);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(wire.toByteArray()));
    }

    private Notice notice(Holder holder, String reasons, String email) {
        NoticeWriter.Wording wording = chancery.writer.write(
                Chancery.request(obligation, "returned", "m", Map.of("reasons", reasons), "nfp-CHE"),
                obligation,
                Map.of(),
                holder,
                false);
        return new Notice(
                obligation.id(),
                obligation.id(),
                "m",
                "returned",
                "nfp-CHE",
                false,
                wording.recipient(),
                email,
                wording.language(),
                wording.subject(),
                wording.text(),
                wording.html(),
                "<1@sterna.example.org>",
                Notice.State.SENDING,
                null,
                null,
                1,
                chancery.clock.instant(),
                null,
                wording.calendar());
    }

    private MimeNotice mime(Notice notice) throws MessagingException {
        return new MimeNotice(
                Session.getInstance(new Properties()),
                notice,
                chancery.settings,
                "sterna.example.org",
                chancery.clock.instant());
    }

    private static List<String> headers(MimeMessage message) throws MessagingException {
        List<String> names = new ArrayList<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            names.add(header.getName());
        }
        return names;
    }

    private static List<String> elements(MimeMessage message) throws MessagingException, IOException {
        return Jsoup.parse(part(message, 1)).getAllElements().stream()
                .map(Element::normalName)
                .toList();
    }

    private static String part(MimeMessage message, int number) throws MessagingException, IOException {
        return (String) texts(message).getBodyPart(number).getContent();
    }

    private static MimeMultipart texts(MimeMessage message) throws MessagingException, IOException {
        return (MimeMultipart)
                ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
    }
}
