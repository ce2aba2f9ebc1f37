package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes are read at their places and nowhere else. */
class ServerReplyTests {

    private static final List<String> NUMBERS = List.of(
            "5.39.101.7",
            "[92.5.1.10]",
            "(5.1.1.20)",
            "192.5.1.1",
            "room 550",
            "Raum 5.1.1",
            "tel. 5.33.20",
            "+33 1 45 67 55 00",
            "550 12 34",
            "poste 550",
            "version 5.1.1",
            "qmail-5.1.10",
            "5.1.2026",
            "on 5.1.26",
            "<5.1.1.550@mx.example.org>",
            "id 550-5.1.1-abc",
            "https://help.example.org/5.1.1/550",
            "http://[5.1.1.1]/",
            "2026-05-11",
            "v5.1.1-rc2",
            "5,1,1",
            "£550");

    private static final List<String> WORDS = List.of(
            "delivery",
            "of",
            "the",
            "message",
            "échec",
            "de",
            "la",
            "remise",
            "entrega",
            "письмо",
            "не",
            "доставлено",
            "配信",
            "不能",
            "تعذر",
            "mx.example.org",
            "on",
            "is",
            "at",
            "host",
            "—",
            "'quoted'",
            "\"again\"");

    @Test
    void readsNoStatusFromNumbersAnywhereInAText() {
        Random random = new Random(550);
        for (int i = 0; i < 20_000; i++) {
            String text = "Message " + text(random);
            ServerReply reply = ServerReply.in(text);
            assertThat(reply.status()).as(text).isNull();
            assertThat(reply.code()).as(text).isZero();
            assertThat(DeliveryRules.TABLE.judge(reply)).as(text).isEqualTo(DeliveryVerdict.UNKNOWN);
        }
    }

    @Test
    void readsTheStatusWhateverNumbersStandAroundIt() {
        Random random = new Random(511);
        for (int i = 0; i < 20_000; i++) {
            String text = "smtp; " + text(random) + " said: 550 5.1.1 " + text(random);
            assertThat(ServerReply.in(text))
                    .as(text)
                    .extracting(ServerReply::code, ServerReply::status)
                    .containsExactly(550, "5.1.1");
        }
    }

    @Test
    void readsNoStatusOfALiveReplyButRightBehindItsCode() {
        Random random = new Random(554);
        for (int i = 0; i < 20_000; i++) {
            String reply = "550 Message " + text(random);
            assertThat(ServerReply.live(550, reply).status()).as(reply).isNull();
            assertThat(DeliveryRules.TABLE.judge(ServerReply.live(550, reply)))
                    .as(reply)
                    .isEqualTo(DeliveryVerdict.UNKNOWN);
            assertThat(ServerReply.live(550, "550 5.2.2 " + text(random)).status())
                    .isEqualTo("5.2.2");
        }
    }

    private static String text(Random random) {
        return Stream.generate(() -> random.nextInt(3) == 0
                        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                        : WORDS.get(random.nextInt(WORDS.size())))
                .limit(1 + random.nextInt(8))
                .collect(Collectors.joining(random.nextInt(5) == 0 ? ", " : " "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp; 550 5.1.1 <anna@example.org>: no such user          | 550 | 5.1.1  | GONE",
                "smtp;550-5.1.1 The account does not exist                 | 550 | 5.1.1  | GONE",
                "smtp; 550 #5.1.0 Address rejected.                        | 550 | 5.1.0  | UNKNOWN",
                "Remote host said: 550 5.39.101.7 is not taken             | 550 |        | UNKNOWN",
                "550 4.2.2 of another class                                | 550 |        | UNKNOWN",
                "Sorry, no mailbox here by that name. (#5.1.1)             | 0   | 5.1.1  | GONE",
                "Sorry, (#5.1.1.20) is away                                | 0   |        | UNKNOWN",
                "x-unix; user unknown                                      | 0   |        | GONE",
                "smtp; 550 nothing                                         | 550 |        | UNKNOWN",
                "smtp; 550 over quota                                      | 550 |        | FAILING",
                "smtp; 550 5.1.1 mailbox full                              | 550 | 5.1.1  | FAILING",
                "smtp; 550 5.1.1 blocked, see our policy                   | 550 | 5.1.1  | REFUSED",
                "smtp; 550 5.7.1 user unknown                              | 550 | 5.7.1  | REFUSED",
                "smtp; 553 sorry, relaying denied from your location       | 553 |        | REFUSED",
                "smtp; 550 5.2.1 The user is receiving mail at a rate that | 550 | 5.2.1  | FAILING",
                "smtp; 550 5.2.1 The account is disabled                   | 550 | 5.2.1  | GONE",
                "smtp; 450 4.7.1 Client host rejected: cannot find host    | 450 | 4.7.1  | REFUSED",
                "smtp; 451 no such user, perhaps                           | 451 |        | FAILING",
                "smtp; 552 too much                                        | 552 |        | FAILING",
                "smtp; 556 domain takes no mail                            | 556 |        | GONE",
                "550 Adresse d’utilisateur inconnue                        | 550 |        | GONE",
                "550 El usuario no existe                                  | 550 |        | GONE",
                "550 Postfach unbekannt                                    | 550 |        | GONE",
                "550 La boîte aux lettres est pleine                       | 550 |        | FAILING"
            })
    void judgesRepliesByTheTable(String text, int code, String status, DeliveryVerdict verdict) {
        ServerReply reply = ServerReply.in(text);

        assertThat(reply).extracting(ServerReply::code, ServerReply::status).containsExactly(code, status);
        assertThat(DeliveryRules.TABLE.judge(reply)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1,            5.1.1",
        "5.0.0,            5.2.2",
        "'5.1.1 (user)',   5.1.1",
        "5.1.1.20,         5.2.2",
        "Room 5.1.1,       5.2.2",
        ",                 5.2.2"
    })
    void takesTheFieldsStatusUnlessItSaysNothing(String field, String status) {
        assertThat(ServerReply.in("smtp; 552 5.2.2 full").with(field).status()).isEqualTo(status);
    }
}
