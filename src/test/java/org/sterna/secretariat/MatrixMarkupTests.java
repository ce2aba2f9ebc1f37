package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sterna.calendar.Deadline;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** What a browser makes of the matrix. */
class MatrixMarkupTests {

    private static final String UGLY = "<b>\"Côte d’Ivoire\" & 'co'";

    private static Matrix.Cell cell(Matrix.Content content) {
        Obligation obligation = new Obligation(
                UUID.randomUUID(),
                "some-duty",
                "2026",
                "CIV",
                Obligation.State.WITH_PARTY,
                new Deadline(LocalDate.of(2026, 12, 1), ZoneOffset.UTC, Deadline.Origin.RULE, null, false),
                Instant.EPOCH,
                null,
                false,
                null);
        return new Matrix.Cell(obligation.id(), content, new Obligations.Standing(obligation, 0));
    }

    private static Element table(String rows) {
        return Jsoup.parseBodyFragment("<table>" + rows + "</table>").selectFirst("table");
    }

    @Test
    void keepsEveryTextAText() {
        Matrix.Content ugly = new Matrix.Content("cell is-with-party", "●", UGLY, UGLY, UGLY, UGLY);
        Matrix.Order order = new Matrix.Order("/secretariat/matrix?a=1&sort=\"x", "ascending", UGLY);
        Element lines =
                table(MatrixMarkup.lines(List.of(new Matrix.Row("CIV", UGLY, UGLY, null, List.of(cell(ugly))))));
        Element heads = table(
                "<tr>" + MatrixMarkup.heads(List.of(new Matrix.Column("some-duty", "D01", UGLY, UGLY, UGLY, order)))
                        + "</tr>");
        Element groups = table(
                "<tr>" + MatrixMarkup.groups(List.of(new Matrix.Column("some-duty", "D01", UGLY, UGLY, UGLY, order)))
                        + "</tr>");

        assertThat(lines.select("th.party > a").text()).isEqualTo(UGLY);
        assertThat(lines.select("td > a > :is(b, span, small, em)").eachText())
                .containsExactly("● " + UGLY, UGLY, UGLY, UGLY);
        assertThat(heads.select("th").attr("aria-sort")).isEqualTo("ascending");
        assertThat(heads.select("a").eachAttr("href"))
                .containsExactly("/secretariat/duties/some-duty", "/secretariat/matrix?a=1&sort=\"x");
        assertThat(heads.select(".hint").text()).isEqualTo(UGLY);
        assertThat(groups.select("th").text()).isEqualTo(UGLY);
    }

    @Test
    void leadsFromEachCellToItsOwnCaseAlsoWhereTwoSayTheSame() {
        Matrix.Content said = new Matrix.Content("cell is-with-party", "●", "With the Party", "1 Dec", null, null);
        List<Matrix.@Nullable Cell> cells = new ArrayList<>(Arrays.asList(cell(said), null, cell(said)));
        Element lines = table(MatrixMarkup.lines(List.of(new Matrix.Row("CHE", "Switzerland", "Europe", null, cells))));

        assertThat(lines.select("td")).hasSize(3);
        assertThat(lines.select("td a").eachAttr("href"))
                .containsExactly(
                        "/secretariat/obligations/" + cells.get(0).id(),
                        "/secretariat/obligations/" + cells.get(2).id());
    }

    @Test
    void namesAGroupAboveAllItsDuties() {
        Matrix.Order order = new Matrix.Order("/secretariat/matrix", null, null);
        Element groups = table("<tr>"
                + MatrixMarkup.groups(List.of(
                        new Matrix.Column("one", "D01", "One", "First", "", order),
                        new Matrix.Column("two", "D02", "Two", "First", "", order),
                        new Matrix.Column("three", "D03", "Three", "Second", "", order)))
                + "</tr>");

        assertThat(groups.select("th[scope=colgroup]").eachAttr("colspan")).containsExactly("2", "1");
        assertThat(groups.select("th").eachText()).containsExactly("First", "Second");
    }
}
