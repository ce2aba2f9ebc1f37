package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.sterna.register.AccountLetters;
import org.sterna.register.AccountLetters.Kind;
import org.sterna.register.AccountLetters.Letter;

@ExtendWith(OutputCaptureExtension.class)
class AccountLetterSenderTests {

    private static final String SECRET = "s3cr3t-of-43-characters";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-01-01T08:00:00Z"), ZoneOffset.UTC);

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final AccountLetters letters = mock(AccountLetters.class);
    private final MailGate gate = mock(MailGate.class);

    @BeforeEach
    void start() {
        server.start();
        given(letters.secret(any())).willReturn(SECRET);
        given(gate.serverConfigured()).willReturn(true);
        given(gate.state()).willReturn(new Notices.Gate(true, null));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "es"})
    void sendsALinkInTheLanguageOfTheAccount(String language) throws Exception {
        Letter letter = queue(Kind.INVITATION, Locale.forLanguageTag(language));

        sender(server.getSmtp().getPort(), null).sendDue();

        MimeMessage sent = server.getReceivedMessages()[0];
        String text = (String) sent.getContent();
        assertThat(sent.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("Anna Muster <anna@example.org>");
        assertThat(sent.getHeader("Content-Language")).containsExactly(language);
        assertThat(text)
                .contains("https://sterna.example.org/login/link/" + SECRET, "anna-muster", "Anna Muster")
                .doesNotContainPattern(Pattern.compile("\\{\\d|account-letter"));
        then(letters).should().sent(eq(letter.id()), anyString());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PASSWORD_CHANGED", "ADDRESS_CHANGED"})
    void tellsOfAChangeWithoutALink(Kind kind) throws Exception {
        queue(kind, Locale.ENGLISH);

        sender(server.getSmtp().getPort(), null).sendDue();

        assertThat((String) server.getReceivedMessages()[0].getContent())
                .contains("anna-muster", "https://sterna.example.org/login/forgotten")
                .doesNotContain(SECRET);
        then(letters).should(never()).secret(any());
    }

    @Test
    void sendsNothingThroughAClosedGate() {
        given(gate.state()).willReturn(new Notices.Gate(false, "notice.gate.restored"));

        sender(server.getSmtp().getPort(), null).sendDue();

        then(letters).shouldHaveNoInteractions();
    }

    @Test
    void triesAgainLaterAndLogsNeitherAddressNorLink(CapturedOutput output) {
        int port = server.getSmtp().getPort();
        server.stop();
        Letter letter = queue(Kind.RESET, Locale.ENGLISH);

        sender(port, null).sendDue();

        then(letters).should().notSent(eq(letter), eq(Duration.ofMinutes(1)), anyString());
        assertThat(output.getAll()).contains("did not leave").doesNotContain(SECRET, "anna");
    }

    @Test
    void keepsLettersForTheDemonstrationWithoutAMailServer() {
        given(gate.serverConfigured()).willReturn(false);
        queue(Kind.INVITATION, Locale.ENGLISH);
        TrialMailbox mailbox = new TrialMailbox(CLOCK);

        sender(null, mailbox).sendDue();

        assertThat(mailbox.kept()).singleElement().satisfies(kept -> {
            assertThat(kept.to()).isEqualTo("anna@example.org");
            assertThat(kept.text()).contains("/login/link/" + SECRET);
        });
    }

    private Letter queue(Kind kind, Locale language) {
        Letter letter = new Letter(
                UUID.randomUUID(),
                kind,
                "anna-muster",
                "Anna Muster",
                "anna@example.org",
                language,
                CLOCK.instant(),
                1);
        given(letters.take(anyInt(), any())).willReturn(List.of(letter));
        return letter;
    }

    private AccountLetterSender sender(@Nullable Integer port, @Nullable TrialMailbox mailbox) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (port != null) {
            JavaMailSenderImpl mail = new JavaMailSenderImpl();
            mail.setHost("127.0.0.1");
            mail.setPort(port);
            beans.addBean("mail", mail);
        }
        if (mailbox != null) {
            beans.addBean("mailbox", mailbox);
        }
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/notices");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new AccountLetterSender(
                letters,
                gate,
                beans.getBeanProvider(JavaMailSenderImpl.class),
                beans.getBeanProvider(TrialMailbox.class),
                new NoticeSettings(
                        "Sterna <sterna@example.org>",
                        null,
                        null,
                        new NoticeSettings.Sender(true, Duration.ofSeconds(5), 50)),
                messages,
                CLOCK,
                "https://sterna.example.org/");
    }
}
