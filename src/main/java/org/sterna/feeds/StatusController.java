package org.sterna.feeds;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.sterna.pages.Amounts;
import org.sterna.pages.Wording;
import org.sterna.register.ContributionStatus;
import org.sterna.register.Contributions;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * The status of contributions for everybody, where it is switched on: of each Party as the book stood at the end of the
 * last month. It names no persons.
 */
@Controller
class StatusController {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Columns of the file, as keys of messages. */
    private static final List<String> COLUMNS = List.of(
            "public-status.code",
            "column.party",
            "public-status.year",
            "public-status.assessed",
            "public-status.paid",
            "public-status.arrears",
            "public-status.years",
            "public-status.rights");

    /** A Party's line; amounts are null where nothing is known. */
    record Line(
            String code,
            String party,
            @Nullable String assessed,
            @Nullable String paid,
            @Nullable String arrears,
            int years,
            boolean rightsLost) {}

    private record Entry(Party party, ContributionStatus status) {}

    private final Contributions contributions;
    private final Parties parties;
    private final StatusSettings settings;
    private final Wording wording;
    private final CsvMapper csv = new CsvMapper();

    StatusController(Contributions contributions, Parties parties, StatusSettings settings, Wording wording) {
        this.contributions = contributions;
        this.parties = parties;
        this.settings = settings;
        this.wording = wording;
    }

    @GetMapping("/contributions")
    String show(Locale reader, Model model, HttpServletResponse response) {
        LocalDate day = day();
        // its frame shows who reads
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate().getHeaderValue());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE);
        List<Entry> entries = entries(day, reader);
        model.addAttribute("day", wording.day(day, reader));
        model.addAttribute("iso", day.toString());
        model.addAttribute("year", Integer.toString(day.getYear()));
        model.addAttribute(
                "lines", entries.stream().map(one -> line(one, reader)).toList());
        model.addAttribute("assessed", Amounts.euro(sum(entries, ContributionStatus::assessed), reader));
        model.addAttribute("paid", Amounts.euro(sum(entries, ContributionStatus::paid), reader));
        model.addAttribute("arrears", Amounts.euro(sum(entries, ContributionStatus::arrears), reader));
        model.addAttribute(
                "lost",
                entries.stream().filter(one -> one.status().rightsLost()).count());
        model.addAttribute(
                "limit", entries.isEmpty() ? 0 : entries.get(0).status().limit());
        model.addAttribute(
                "assumed", entries.stream().anyMatch(one -> one.status().assumed()));
        return "feeds/contributions";
    }

    @GetMapping("/contributions.csv")
    ResponseEntity<byte[]> file(Locale reader) throws IOException {
        LocalDate day = day();
        List<List<Object>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().<Object>map(key -> wording.text(key, reader)).toList());
        for (Entry one : entries(day, reader)) {
            ContributionStatus status = one.status();
            boolean known = status.known();
            rows.add(List.of(
                    status.partyCode(),
                    one.party().name(reader),
                    status.year(),
                    status.invoiced() ? status.assessed().toPlainString() : "",
                    known ? status.paid().toPlainString() : "",
                    known ? status.arrears().toPlainString() : "",
                    known ? status.yearsInArrears() : "",
                    wording.text(status.rightsLost() ? "answer.yes" : "answer.no", reader)));
        }
        String file = BYTE_ORDER_MARK
                + csv.writer(CsvSchema.emptySchema().withLineSeparator("\r\n")).writeValueAsString(rows);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                // it changes once a month, but for corrections
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.COOKIE)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("sterna-contributions-" + day + ".csv")
                                .build()
                                .toString())
                .body(file.getBytes(StandardCharsets.UTF_8));
    }

    /** The last day of the last month in Bonn. */
    private LocalDate day() {
        if (!settings.open()) {
            throw new NothingHere();
        }
        return wording.today().withDayOfMonth(1).minusDays(1);
    }

    private List<Entry> entries(LocalDate day, Locale reader) {
        List<Party> all = parties.all();
        Map<String, ContributionStatus> statuses =
                contributions.statusAt(all.stream().map(Party::code).toList(), day);
        return all.stream()
                .map(party -> new Entry(party, statuses.get(party.code())))
                .sorted(Comparator.comparing(one -> one.party().name(reader), Collator.getInstance(reader)))
                .toList();
    }

    private Line line(Entry one, Locale reader) {
        ContributionStatus status = one.status();
        return new Line(
                status.partyCode(),
                one.party().name(reader),
                status.invoiced()
                        ? Amounts.euro(status.assessed(), reader)
                        : status.known() ? wording.text("secretariat.contributions.no-invoice", reader) : null,
                status.known() ? Amounts.euro(status.paid(), reader) : null,
                status.known() ? Amounts.euro(status.arrears(), reader) : null,
                status.yearsInArrears(),
                status.rightsLost());
    }

    private static BigDecimal sum(List<Entry> entries, Function<ContributionStatus, BigDecimal> amount) {
        return entries.stream().map(Entry::status).map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
