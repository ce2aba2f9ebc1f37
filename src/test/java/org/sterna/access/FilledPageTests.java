package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** A page with the answers of a kept form in its form. */
class FilledPageTests {

    private static final UUID ID = UUID.fromString("0b9a3f1e-5c1d-11f1-9c3e-0242ac120002");
    private static final String PAGE = """
            <!DOCTYPE html><html><body><main><nav class="crumbs"></nav>
            <form method="post" action="/other"><input name="text" value="other"></form>
            <details><summary>More</summary>
            <form method="post" action="/page/act"><input type="hidden" name="_csrf" value="fresh">
              <input type="hidden" name="version" value="2">
              <input name="text" value="page"><textarea name="long">page</textarea>
              <select name="one"><option value="">-</option><option value="a" selected>A</option><option value="b">B</option></select>
              <input type="checkbox" name="many" value="x" checked><input type="checkbox" name="many" value="y">
              <input type="radio" name="pick" value="l" checked><input type="radio" name="pick" value="r">
              <input type="file" name="paper" required aria-describedby="h">
              <button name="action" value="submit">Send</button>
            </form></details>
            </main></body></html>""";

    @Test
    void fillsEveryKindOfField() {
        Element form = filled(Map.of(
                        "version", List.of("1"),
                        "text", List.of("typed \"<b>\" ’"),
                        "long", List.of("\nfirst\n  second"),
                        "one", List.of("b"),
                        "many", List.of("y"),
                        "pick", List.of("r"),
                        "action", List.of("submit")))
                .selectFirst("form[action^=/page/act]");

        assertThat(form.select("[name=text]").val()).isEqualTo("typed \"<b>\" ’");
        assertThat(form.selectFirst("textarea").wholeText()).isEqualTo("\nfirst\n  second");
        assertThat(form.select("option[selected]").eachAttr("value")).containsExactly("b");
        assertThat(form.select("[name=many][checked]").eachAttr("value")).containsExactly("y");
        assertThat(form.select("[name=pick][checked]").eachAttr("value")).containsExactly("r");
        assertThat(form.select("[name=version]").val()).isEqualTo("1");
        assertThat(form.select("[name=action]").eachAttr("value")).containsExactly("submit");
    }

    @Test
    void keepsTheTokenOfThePageAndNamesTheKeptForm() {
        Element form = filled(Map.of("text", List.of("typed"), "_csrf", List.of("stale")))
                .selectFirst("form[action^=/page/act]");

        assertThat(form.select("[name=_csrf]").eachAttr("value")).containsExactly("fresh");
        assertThat(form.attr("action")).isEqualTo("/page/act?kept-form=" + ID);
    }

    @Test
    void leavesOtherFormsAlone() {
        assertThat(filled(Map.of("text", List.of("typed")))
                        .select("form[action=/other] [name=text]")
                        .val())
                .isEqualTo("other");
    }

    @Test
    void saysWhatHappenedAndShowsTheForm() {
        Document page = filled(Map.of("text", List.of("typed")));

        assertThat(page.select("#kept-note[role=alert]").text())
                .contains("text")
                .contains("link");
        assertThat(page.select("#kept-note a").attr("href"))
                .isEqualTo("#" + page.selectFirst("form[action^=/page/act]").id());
        assertThat(page.select("details[open]")).hasSize(1);
    }

    @Test
    void showsAnAnswerThatThePageHasNoFieldFor() {
        Document page = filled(Map.of("text", List.of("typed"), "gone", List.of("an answer")));

        Element field = page.selectFirst("form[action^=/page/act] [name=gone]");
        assertThat(field.wholeText()).isEqualTo("an answer");
        assertThat(page.select("label[for=" + field.id() + "]").text()).isEqualTo("gone");
    }

    @Test
    void takesAMarkOfThePageAlongOutOfSight() {
        assertThat(filled(Map.of("text", List.of("typed"), "kept-paper", List.of(ID.toString())))
                        .select("form[action^=/page/act] input[type=hidden][name=kept-paper]")
                        .val())
                .isEqualTo(ID.toString());
    }

    @Test
    void saysOfAFileThatItIsStillThere() {
        Document page = filled(
                Map.of("text", List.of("typed")),
                List.of(new KeptForms.Paper("paper", "letter.pdf", null, new byte[0])));

        Element input = page.selectFirst("input[type=file]");
        assertThat(page.getElementById("kept-paper").text()).isEqualTo("file letter.pdf");
        assertThat(input.attr("aria-describedby")).isEqualTo("h kept-paper");
        assertThat(input.hasAttr("required")).isFalse();
    }

    @Test
    void saysOfAFileThatWasTooLargeThatItMustBeChosenAgain() {
        Document page = filled(
                Map.of("text", List.of("typed")), List.of(new KeptForms.Paper("paper", "letter.pdf", null, null)));

        assertThat(page.getElementById("kept-paper").text()).isEqualTo("file.lost letter.pdf");
        assertThat(page.selectFirst("input[type=file]").hasAttr("required")).isTrue();
    }

    @Test
    void hasAsManyRowsAsWereSent() {
        String list = """
                <html><body><form method="post" id="duty"><fieldset data-list="members" data-most="3" data-heading="Row {0}">
                <div data-rows><fieldset data-row><legend data-row-heading>Row 1</legend>
                <input name="members.0.name" id="f-members-0-name" value="page"></fieldset></div>
                <template><fieldset data-row><legend data-row-heading>Row</legend>
                <label for="f-members-ROW-name">Name</label><input name="members.ROW.name" id="f-members-ROW-name">
                <button name="action" value="remove:members:ROW">Remove</button></fieldset></template>
                <button data-add name="action" value="add:members">Add</button></fieldset></form></body></html>""";
        KeptForms.Sent sent = new KeptForms.Sent(
                "/desk/tasks/1",
                "/desk/tasks/1",
                Map.of(
                        "members.0.name", List.of("Ada"),
                        "members.1.name", List.of("Berta"),
                        "members.2.name", List.of("Clara")),
                List.of());

        Document page = Jsoup.parse(new FilledPage(kept(sent), "", "/desk/tasks/1", FilledPageTests::text)
                .fill(list)
                .orElseThrow());

        assertThat(page.select("[data-rows] [data-row] input").eachAttr("value"))
                .containsExactly("Ada", "Berta", "Clara");
        assertThat(page.select("[data-rows] label").eachAttr("for"))
                .containsExactly("f-members-1-name", "f-members-2-name");
        assertThat(page.select("[data-rows] legend").eachText()).containsExactly("Row 1", "Row 2", "Row 3");
        assertThat(page.select("[data-rows] button").eachAttr("value"))
                .containsExactly("remove:members:1", "remove:members:2");
        assertThat(page.selectFirst("[data-add]").hasAttr("hidden")).isTrue();
    }

    @Test
    void fillsTheFormThatLeadsToWhereItWasConfirmed() {
        KeptForms.Sent sent = new KeptForms.Sent("/page", "/page/act", Map.of("text", List.of("typed")), List.of());

        assertThat(Jsoup.parse(fill(sent).orElseThrow())
                        .select("form[action^=/page/act] [name=text]")
                        .val())
                .isEqualTo("typed");
    }

    @Test
    void findsNothingWhereTheFormIsNoMore() {
        assertThat(fill(new KeptForms.Sent("/elsewhere", "/page", Map.of("text", List.of("typed")), List.of())))
                .isEmpty();
    }

    private static Document filled(Map<String, List<String>> answers) {
        return filled(answers, List.of());
    }

    private static Document filled(Map<String, List<String>> answers, List<KeptForms.Paper> papers) {
        return Jsoup.parse(
                fill(new KeptForms.Sent("/page/act", "/page", answers, papers)).orElseThrow());
    }

    private static Optional<String> fill(KeptForms.Sent sent) {
        return new FilledPage(kept(sent), "", "/page", FilledPageTests::text).fill(PAGE);
    }

    private static KeptForms.Kept kept(KeptForms.Sent sent) {
        return new KeptForms.Kept(ID, Instant.parse("2026-03-01T12:00:00Z"), sent);
    }

    private static String text(String key, Object... arguments) {
        return arguments.length == 0 ? key : key + " " + arguments[0];
    }
}
