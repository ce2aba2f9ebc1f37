package org.sterna.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Imports;
import org.sterna.time.TimeMachine;

/** What everybody reads of the Parties' contributions, told as one story: the clock only goes forward. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:status;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.public-contributions.open=true"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    @Autowired
    MockMvcTester http;

    @Autowired
    Contributions contributions;

    @Autowired
    Imports imports;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TimeMachine time;

    @Autowired
    Clock clock;

    private int year;

    /** The middle of June: of the year before last, this one and the one before, Kenya has paid nothing. */
    @BeforeAll
    void inJune() {
        year = today().getYear() + 1;
        moveTo(LocalDate.of(year, 6, 15));
        jdbc.sql("delete from contribution_receipt where payment_id in (select id from contribution_payment"
                        + " where party_code = 'KEN')")
                .update();
        jdbc.sql("delete from contribution_payment where party_code = 'KEN'").update();
        jdbc.sql("delete from contribution where party_code = 'KEN'").update();
        load("KEN,%d,K-1,100.00,0.00,,,sourced,The book".formatted(year - 2));
        load("KEN,%d,K-2,200.00,0.00,,,sourced,The book".formatted(year - 1));
        load("KEN,%d,K-3,300.00,0.00,,,sourced,The book".formatted(year));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(BONN));
    }

    /** Noon, as days that are counted in UTC lead to another day in Bonn late in the evening. */
    private void moveTo(LocalDate day) {
        time.advance(Duration.between(clock.instant(), day.atTime(12, 0).atZone(BONN)));
    }

    private void load(String line) {
        String file = String.join(",", Imports.Kind.CONTRIBUTIONS.columns()) + "\n" + line + "\n";
        assertThat(imports.load(Imports.Kind.CONTRIBUTIONS, file.getBytes(StandardCharsets.UTF_8), "secretariat")
                        .faults())
                .isEmpty();
    }

    private MvcTestResult read(String address, String language) {
        return http.get().uri(address).header("Accept-Language", language).exchange();
    }

    private String body(String address) throws UnsupportedEncodingException {
        MvcTestResult result = read(address, "en");
        assertThat(result).hasStatusOk();
        return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
    }

    private List<String> lineOf(String party) throws UnsupportedEncodingException {
        Document page = Jsoup.parse(body("/contributions"));
        return page.select("tbody tr").stream()
                .filter(row -> row.selectFirst("th > span").text().equals(party))
                .findFirst()
                .orElseThrow()
                .select("td")
                .eachText();
    }

    @Test
    @Order(1)
    void tellsEachPartyAsAtTheEndOfTheLastMonth() throws Exception {
        Document page = Jsoup.parse(body("/contributions"));

        assertThat(page.select("time").attr("datetime")).isEqualTo(year + "-05-31");
        assertThat(page.select("tbody tr")).hasSize(133);
        assertThat(lineOf("Kenya")).containsExactly("300.00", "0.00", "300.00", "2");
    }

    @Test
    @Order(2)
    void namesNobody() throws Exception {
        String page = Jsoup.parse(body("/contributions")).select("main").text() + body("/contributions.csv");

        assertThat(page).doesNotContain("@");
        for (String name : jdbc.sql("select distinct name from term_of_office")
                .query(String.class)
                .list()) {
            assertThat(page).doesNotContain(name);
        }
    }

    @Test
    @Order(3)
    void downloadsTheSameAsAFile() throws Exception {
        MvcTestResult file = read("/contributions.csv", "en");

        assertThat(file)
                .hasStatusOk()
                .hasHeader("Cache-Control", "max-age=3600, public")
                .headers()
                .hasValue(
                        "Content-Disposition", "attachment; filename=\"sterna-contributions-" + year + "-05-31.csv\"");
        List<String> lines = Arrays.asList(
                file.getResponse().getContentAsString(StandardCharsets.UTF_8).split("\r\n"));
        assertThat(lines).hasSize(134);
        assertThat(lines).contains("KEN,Kenya,%d,300.00,0.00,300.00,2,No".formatted(year));
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource({"en, Status of contributions", "fr, État des contributions", "es, Estado de las contribuciones"})
    void speaksTheReadersLanguage(String language, String title) throws Exception {
        MvcTestResult page = read("/contributions", language);

        assertThat(Jsoup.parse(page.getResponse().getContentAsString(StandardCharsets.UTF_8))
                        .select("h1")
                        .text())
                .isEqualTo(title);
    }

    @Test
    @Order(5)
    void doesNotMoveWithWhatIsFoundInTheBooksWithinTheMonth() throws Exception {
        UUID payment = contributions.notified(
                new Contributions.Notification(
                        "KEN",
                        year,
                        new BigDecimal("120.00"),
                        Contribution.Currency.EUR,
                        null,
                        LocalDate.of(year, 5, 20),
                        "By bank",
                        null),
                "ken-nfp");
        contributions.matched(payment, new BigDecimal("120.00"), Contributions.Order.NAMED_YEAR_FIRST, "secretariat");

        assertThat(lineOf("Kenya")).containsExactly("300.00", "0.00", "300.00", "2");
    }

    @Test
    @Order(6)
    void movesWithACorrectionOfTheBook() throws Exception {
        load("KEN,%d,K-1,100.00,100.00,%d-04-02,Found later,sourced,The book".formatted(year - 2, year - 1));

        assertThat(lineOf("Kenya")).containsExactly("300.00", "0.00", "200.00", "1");
    }

    @Test
    @Order(7)
    void tellsInTheNextMonthWhatWasFoundInThisOne() throws Exception {
        moveTo(LocalDate.of(year, 7, 1));

        assertThat(lineOf("Kenya")).containsExactly("300.00", "120.00", "200.00", "1");
    }

    @Test
    @Order(8)
    void marksThoseThatAreThreeYearsBehind() throws Exception {
        load("KEN,%d,K-0,50.00,0.00,,,sourced,The book".formatted(year - 3));
        load("KEN,%d,K-9,50.00,0.00,,,sourced,The book".formatted(year - 4));
        assertThat(lineOf("Kenya")).containsExactly("300.00", "120.00", "300.00", "3");

        Document page = Jsoup.parse(body("/contributions"));
        assertThat(page.select("tbody tr:has(.tag) th > span:first-child").eachText())
                .contains("Kenya")
                .doesNotContain("Switzerland");
        assertThat(body("/contributions.csv").lines())
                .anyMatch(line -> line.startsWith("KEN,") && line.endsWith("Yes"));
    }

    /** On New Year's Day the year that has just ended is still the one told of. */
    @Test
    @Order(9)
    void tellsTheOldYearOnceMoreInJanuary() throws Exception {
        moveTo(LocalDate.of(year + 1, 1, 1));

        assertThat(Jsoup.parse(body("/contributions")).select("time").attr("datetime"))
                .isEqualTo(year + "-12-31");
        assertThat(lineOf("Kenya")).containsExactly("300.00", "120.00", "300.00", "3");
    }

    @Test
    @Order(10)
    void isReadOnly() {
        assertThat(http.post().uri("/contributions").exchange().getResponse().getStatus())
                .isIn(403, 405);
    }
}
