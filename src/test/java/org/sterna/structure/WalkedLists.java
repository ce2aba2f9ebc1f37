package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.RandomLedger;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** Lists, files and feeds of a ledger of thousands, read to their ends: each obligation is there, and once. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {"camunda.bpm.job-execution.enabled=false", "sterna.notices.sender.enabled=false"})
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WalkedLists {

    private static final String NOMINATION = "nomination-confirmation";
    private static final String CREDENTIALS = "credentials";

    private static final Pattern LINK = Pattern.compile("/secretariat/obligations/([0-9a-f-]{36})\"");
    private static final Pattern EVENT = Pattern.compile("(?m)^UID:([0-9a-f-]{36})@sterna");

    @TempDir
    Path folder;

    @Autowired
    MockMvcTester http;

    @Autowired
    DataSource database;

    @Autowired
    Parties parties;

    private List<Obligation> all;

    @BeforeAll
    void fill() {
        List<String> codes = parties.all().stream().map(Party::code).toList();
        all = RandomLedger.add(database, 4, codes, List.of(NOMINATION, CREDENTIALS), 8).stream()
                .map(RandomLedger.Row::obligation)
                .toList();
    }

    private List<String> ids(Predicate<Obligation> which) {
        return all.stream().filter(which).map(one -> one.id().toString()).toList();
    }

    private byte[] read(String address) {
        var request = http.get().uri(address);
        var answer = address.startsWith("/api/")
                ? request.with(httpBasic("secretariat", "sterna-demo-2026")).exchange()
                : request.with(user("secretariat").roles("SECRETARIAT")).exchange();
        assertThat(answer).as(address).hasStatusOk();
        return answer.getResponse().getContentAsByteArray();
    }

    private String text(String address) {
        return new String(read(address), StandardCharsets.UTF_8);
    }

    @Test
    void theInterfaceHoldsAllInPagesOfEverySize() throws IOException {
        for (int size : List.of(50, 200, 33, 500)) {
            assertThat(paged("", size)).as("pages of %d", size).containsExactlyInAnyOrderElementsOf(ids(one -> true));
            assertThat(paged("&duty=credentials", size))
                    .containsExactlyInAnyOrderElementsOf(ids(one -> one.duty().equals(CREDENTIALS)));
            assertThat(paged("&occasion=round-2", size)).containsExactlyInAnyOrderElementsOf(ids(one -> one.occasion()
                    .equals("round-2")));
            assertThat(paged("&state=with-party&state=excused", size))
                    .containsExactlyInAnyOrderElementsOf(ids(one ->
                            one.state() == Obligation.State.WITH_PARTY || one.state() == Obligation.State.EXCUSED));
        }
        for (int size : List.of(3, 7, 1)) {
            assertThat(paged("&party=KEN", size)).containsExactlyInAnyOrderElementsOf(ids(one -> one.partyCode()
                    .equals("KEN")));
        }
    }

    private List<String> paged(String filter, int size) throws IOException {
        List<String> seen = new ArrayList<>();
        long total = 1;
        for (int page = 0; (long) page * size < total; page++) {
            JsonNode read =
                    new ObjectMapper().readTree(read("/api/v1/obligations?size=" + size + "&page=" + page + filter));
            total = read.get("total").asLong();
            read.get("items").forEach(item -> seen.add(item.get("id").asText()));
        }
        return seen;
    }

    @Test
    void thePagesHoldAll() {
        for (String filter : List.of("", "&duty=credentials", "&state=open")) {
            Predicate<Obligation> fits =
                    one -> (!filter.contains("duty") || one.duty().equals(CREDENTIALS))
                            && (!filter.contains("open") || one.state().open());
            List<String> expected = ids(fits);
            List<String> seen = new ArrayList<>();
            for (int page = 0; page * 50 < expected.size(); page++) {
                seen.addAll(found(LINK, text("/secretariat/obligations?page=" + page + filter)).stream()
                        .distinct()
                        .toList());
            }
            assertThat(seen).as("pages with %s", filter).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void theFilesHoldAll() throws IOException {
        for (String filter : List.of("", "?duty=credentials", "?party=KEN", "?state=open")) {
            List<String> expected = all.stream()
                    .filter(one -> (!filter.contains("duty") || one.duty().equals(CREDENTIALS))
                            && (!filter.contains("KEN") || one.partyCode().equals("KEN"))
                            && (!filter.contains("open") || one.state().open()))
                    .map(Obligation::partyCode)
                    .toList();

            assertThat(text("/secretariat/exports/obligations.csv" + filter)
                            .lines()
                            .skip(1)
                            .map(line -> line.substring(0, 3)))
                    .as("lines with %s", filter)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found(Pattern.compile("(<row )"), sheet("/secretariat/exports/obligations.xlsx" + filter)))
                    .as("rows with %s", filter)
                    .hasSizeGreaterThan(expected.size())
                    .hasSizeLessThan(expected.size() + 6);
        }
        try (PDDocument paper = Loader.loadPDF(read("/secretariat/exports/obligations.pdf?party=KEN"))) {
            assertThat(found(Pattern.compile("(?m)^(KEN) "), new PDFTextStripper().getText(paper)))
                    .hasSameSizeAs(ids(one -> one.partyCode().equals("KEN")));
        }
    }

    private String sheet(String address) throws IOException {
        Path file = Files.write(folder.resolve("list.xlsx"), read(address));
        try (ZipFile parts = new ZipFile(file.toFile())) {
            return new String(
                    parts.getInputStream(parts.getEntry("xl/worksheets/sheet1.xml"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFeedsHoldAllThatIsOpen() {
        assertThat(feed("all"))
                .containsExactlyInAnyOrderElementsOf(ids(one -> one.state().open()));
        assertThat(feed("duty:credentials"))
                .containsExactlyInAnyOrderElementsOf(
                        ids(one -> one.state().open() && one.duty().equals(CREDENTIALS)));
        assertThat(feed("party:KEN"))
                .containsExactlyInAnyOrderElementsOf(
                        ids(one -> one.state().open() && one.partyCode().equals("KEN")));
    }

    private List<String> feed(String about) {
        String address = http.post()
                .uri("/desk/calendar")
                .param("about", about)
                .with(user("secretariat").roles("SECRETARIAT"))
                .with(csrf())
                .exchange()
                .getMvcResult()
                .getFlashMap()
                .get("address")
                .toString();
        String feed = text(address.substring(address.indexOf("/calendar/")));
        return found(EVENT, feed.replaceAll("\r?\n[ \t]", ""));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toList());
    }
}
