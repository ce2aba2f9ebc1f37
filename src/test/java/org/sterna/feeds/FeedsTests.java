package org.sterna.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.io.StringReader;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.ui.ExtendedModelMap;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.Campaigns;
import org.sterna.duties.Duties;
import org.sterna.engine.Cases;
import org.sterna.engine.Jobs;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

/** Who gets which deadlines as a calendar, and for how long. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:feeds;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(Jobs.class)
class FeedsTests {

    private static final String DUTY = "nomination-confirmation";

    @Autowired
    MockMvcTester http;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Cases cases;

    @Autowired
    Obligations obligations;

    @Autowired
    Accounts accounts;

    @Autowired
    Parties parties;

    @Autowired
    Duties duties;

    @Autowired
    Feeds feeds;

    @Autowired
    Almanac almanac;

    @Autowired
    Wording wording;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Jobs jobs;

    @BeforeEach
    void owe() {
        campaigns.open(DUTY, "feeds", List.of("CHE", "FRA"), "secretariat");
        jobs.runDue();
    }

    private MvcTestResult make(String about, String username) {
        return http.post()
                .uri("/desk/calendar")
                .param("about", about)
                .param("lang", "en")
                .with(user(username))
                .with(csrf())
                .exchange();
    }

    private static String address(MvcTestResult made) {
        String address = (String) made.getMvcResult().getFlashMap().get("address");
        return address.substring(address.indexOf("/calendar/"));
    }

    private MvcTestResult read(String address) {
        return http.get().uri(address).exchange();
    }

    private Calendar calendar(String address) throws Exception {
        MvcTestResult answer = read(address);
        assertThat(answer).hasStatusOk();
        assertThat(answer.getResponse().getContentType()).startsWith("text/calendar");
        return new CalendarBuilder().build(new StringReader(answer.getResponse().getContentAsString()));
    }

    private static List<String> summaries(Calendar calendar) {
        return calendar.getComponentList().getAll().stream()
                .map(event -> event.getRequiredProperty(Property.SUMMARY).getValue())
                .toList();
    }

    @Test
    void tellsAPartyItsOwnDeadlines() throws Exception {
        Calendar calendar = calendar(address(make("party", "che-nfp")));

        assertThat(summaries(calendar)).hasSize(1).allMatch(summary -> !summary.contains("France"));
        Obligation owed = obligations.find(DUTY, "feeds", "CHE").orElseThrow();
        assertThat(calendar.getComponentList()
                        .getAll()
                        .get(0)
                        .getRequiredProperty(Property.DTSTART)
                        .getValue())
                .isEqualTo(owed.deadline().on().toString().replace("-", ""));
    }

    @Test
    void tellsTheSecretariatThoseOfADutyAndOfAll() throws Exception {
        assertThat(summaries(calendar(address(make("duty:" + DUTY, "secretariat")))))
                .anyMatch(summary -> summary.contains("Switzerland"))
                .anyMatch(summary -> summary.contains("France"));
        assertThat(summaries(calendar(address(make("all", "secretariat"))))).hasSizeGreaterThanOrEqualTo(2);
        assertThat(summaries(calendar(address(make("party:FRA", "secretariat")))))
                .hasSize(1);
    }

    @Test
    void makesNoFeedOfWhatIsNotForTheCaller() {
        for (String about : List.of("all", "duty:" + DUTY, "party:FRA", "party:", "else")) {
            assertThat(make(about, "che-nfp")).as(about).hasStatus(404);
        }
    }

    @Test
    void shutsAnAddressThatWasRevokedAndLetsNobodyElseDoSo() {
        String address = address(make("party", "fra-nfp"));
        Feed feed = feeds.of("fra-nfp").get(0);

        assertThat(revoke(feed, "che-nfp")).hasStatus(404);
        assertThat(read(address)).hasStatusOk();
        assertThat(revoke(feed, "fra-nfp")).hasStatus(302);
        assertThat(read(address)).hasStatus(404);
    }

    private MvcTestResult revoke(Feed feed, String username) {
        return http.post()
                .uri("/desk/calendar/" + feed.id() + "/revoke")
                .with(user(username))
                .with(csrf())
                .exchange();
    }

    @Test
    void endsWithTheOfficeOfItsOwner() {
        String address = address(make("party", "che-alt"));
        assertThat(read(address)).hasStatusOk();

        jdbc.sql("update term_of_office set last_day = :day where seat_code = 'alt-CHE'")
                .param("day", wording.today().minusDays(2))
                .update();

        assertThat(read(address)).hasStatus(404);
    }

    @Test
    void keepsNoSecret() {
        String secret = address(make("party", "che-nfp")).replaceAll(".*/|\\.ics", "");

        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(jdbc.sql("select token_hash from calendar_feed")
                        .query(String.class)
                        .list())
                .doesNotContain(secret)
                .allMatch(hash -> hash.length() == 64);
        assertThat(read("/calendar/" + secret.substring(1) + ".ics")).hasStatus(404);
    }

    @Test
    void showsNobodyTheCalendarUnlessItIsSwitchedOn() {
        assertThat(read("/calendar")).hasStatus(404);
        assertThat(read("/calendar.ics")).hasStatus(404);
    }

    @Test
    void showsNobodyTheStatusOfContributionsUnlessItIsSwitchedOn() {
        assertThat(read("/contributions")).hasStatus(404);
        assertThat(read("/contributions.csv")).hasStatus(404);
    }

    @Test
    void leavesOutOfThePublicCalendarWhatWasGrantedToOneParty() throws Exception {
        Obligation granted = obligations.find(DUTY, "feeds", "FRA").orElseThrow();
        if (granted.deadline().origin() == Deadline.Origin.RULE) {
            cases.moveDeadline(
                    granted.id(),
                    granted.deadline()
                            .movedTo(wording.today().plusDays(200), Deadline.Origin.EXTENSION, "Asked for by letter"),
                    "secretariat");
        }
        FeedController open = new FeedController(
                accounts, parties, duties, obligations, feeds, almanac, new FeedSettings(true), wording, "http://x");
        MockHttpServletResponse response = new MockHttpServletResponse();

        open.openFeed("", Locale.ENGLISH, response);

        assertThat(response.getContentAsString())
                .contains("SUMMARY:")
                .doesNotContain("France", "Switzerland")
                .doesNotContain(wording.today().plusDays(200).toString().replace("-", ""));
        assertThatThrownBy(() -> new FeedController(
                                accounts,
                                parties,
                                duties,
                                obligations,
                                feeds,
                                almanac,
                                new FeedSettings(false),
                                wording,
                                "x")
                        .openFeed("", Locale.ENGLISH, response))
                .isInstanceOf(NothingHere.class);
    }

    @Test
    void showsThePublicCalendarYearByYear() throws Exception {
        FeedController open = new FeedController(
                accounts, parties, duties, obligations, feeds, almanac, new FeedSettings(true), wording, "http://x");
        LocalDate due =
                obligations.find(DUTY, "feeds", "CHE").orElseThrow().deadline().on();
        ExtendedModelMap now = new ExtendedModelMap();
        ExtendedModelMap then = new ExtendedModelMap();
        ExtendedModelMap nonsense = new ExtendedModelMap();
        open.open("", Locale.ENGLISH, now);
        open.open(YearMonth.from(due).plusMonths(1).toString(), Locale.ENGLISH, then);
        open.open("31 February", Locale.ENGLISH, nonsense);
        MockHttpServletResponse later = new MockHttpServletResponse();
        open.openFeed(YearMonth.from(due).plusMonths(1).toString(), Locale.ENGLISH, later);

        assertThat(days(now)).contains(due.toString());
        assertThat(days(then)).doesNotContain(due.toString());
        assertThat(days(nonsense)).isEqualTo(days(now));
        assertThat(now.get("later")).isEqualTo(YearMonth.from(wording.today()).plusYears(1));
        assertThat(later.getContentAsString())
                .startsWith("BEGIN:VCALENDAR")
                .doesNotContain(due.toString().replace("-", ""))
                .endsWith("END:VCALENDAR\r\n");
    }

    private static List<String> days(ExtendedModelMap model) {
        return ((List<?>) model.get("actions"))
                .stream().map(action -> ((FeedController.Action) action).iso()).toList();
    }
}
