package org.sterna.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page with a kept form's answers in the form that they were sent from. Nothing is sent by that: a person does, with
 * the page's own token. Everything that will be sent is in sight, but for what was out of sight before.
 */
class FilledPage {

    /** Words of the page, by the end of their key. */
    @FunctionalInterface
    interface Texts {

        String text(String key, Object... arguments);
    }

    /** A cell of a list's row, as {@code members.0.givenName}. */
    private static final Pattern CELL = Pattern.compile("([a-zA-Z0-9]+)\\.(\\d{1,4})\\.(.+)");

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** Stands for a row's number in the row of which scripts make further ones. */
    private static final String BLANK = "ROW";

    private static final String NOTE = "kept-note";

    private final KeptForms.Kept kept;
    private final String prefix;
    private final String page;
    private final Texts texts;

    /**
     * @param prefix the application's own, before all paths
     * @param page path of the page, without it
     */
    FilledPage(KeptForms.Kept kept, String prefix, String page, Texts texts) {
        this.kept = kept;
        this.prefix = prefix;
        this.page = page;
        this.texts = texts;
    }

    /** The page, filled in; empty if the form is not on it. */
    Optional<String> fill(String html) {
        Document document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false);
        return form(document).map(form -> {
            fill(document, form);
            return document.outerHtml();
        });
    }

    /** The form that goes to the same address, or to one above or below it; the most alike among several. */
    private Optional<Element> form(Document document) {
        record Likeness(Element form, int points) {}
        List<Likeness> alike = new ArrayList<>();
        for (Element form : document.select("form[method=post]")) {
            String path = path(form);
            String sent = kept.sent().path();
            List<Element> controls = controls(document, form);
            long names = controls.stream()
                    .filter(control -> !control.nameIs("button"))
                    .map(control -> control.attr("name"))
                    .distinct()
                    .filter(kept.sent().answers()::containsKey)
                    .count();
            long same = controls.stream()
                    .filter(control -> control.attr("type").equals("hidden"))
                    .filter(control -> kept.sent()
                            .answers()
                            .getOrDefault(control.attr("name"), List.of())
                            .contains(control.val()))
                    .count();
            boolean near = path.startsWith(sent + "/") || sent.startsWith(path + "/");
            if (path.equals(sent) || near && names > 0) {
                alike.add(new Likeness(form, (path.equals(sent) ? 1000 : 0) + (int) (50 * same + names)));
            }
        }
        return alike.stream().max(Comparator.comparingInt(Likeness::points)).map(Likeness::form);
    }

    private String path(Element form) {
        String action = form.attr("action").split("[?#]", 2)[0];
        if (action.isEmpty()) {
            return page;
        }
        return action.startsWith(prefix + "/") ? action.substring(prefix.length()) : action;
    }

    /** The form's fields, those that stand elsewhere on the page included. */
    private static List<Element> controls(Document document, Element form) {
        List<Element> controls =
                new ArrayList<>(form.select("input[name], select[name], textarea[name], button[name]"));
        controls.removeIf(control -> control.closest("template") != null
                || control.hasAttr("form") && !control.attr("form").equals(form.id()));
        if (!form.id().isEmpty()) {
            document.select("[name][form]").stream()
                    .filter(control -> control.attr("form").equals(form.id()))
                    .filter(control -> !controls.contains(control))
                    .forEach(controls::add);
        }
        controls.removeIf(control -> control.attr("name").equals(PageTokens.PARAMETER));
        return controls;
    }

    private void fill(Document document, Element form) {
        if (form.id().isEmpty()) {
            form.attr("id", "kept-form");
        }
        Map<String, List<String>> answers = new LinkedHashMap<>(kept.sent().answers());
        fitRows(form, answers.keySet());
        Map<String, List<Element>> byName = controls(document, form).stream()
                .collect(Collectors.groupingBy(
                        control -> control.attr("name"), LinkedHashMap::new, Collectors.toList()));
        byName.forEach((name, controls) -> {
            List<String> rest = fill(controls, answers.getOrDefault(name, List.of()), answers.containsKey(name));
            if (rest.isEmpty()) {
                answers.remove(name);
            } else {
                answers.put(name, rest);
            }
        });
        answers.forEach((name, values) -> values.forEach(value -> add(form, name, value)));
        files(byName);
        String action = form.attr("action").isEmpty() ? prefix + page : form.attr("action");
        form.attr("action", action + (action.contains("?") ? "&" : "?") + FormKeeper.KEPT + "=" + kept.id());
        form.parents().stream()
                .filter(parent -> parent.nameIs("details"))
                .forEach(details -> details.attr("open", true));
        form.select("details").forEach(details -> details.attr("open", true));
        note(document, form);
    }

    /**
     * Fills fields of one name.
     *
     * @return what found no place
     */
    private static List<String> fill(List<Element> controls, List<String> values, boolean sent) {
        List<String> rest = new ArrayList<>(values);
        List<Element> texts = new ArrayList<>();
        for (Element control : controls) {
            String type = control.nameIs("input") ? control.attr("type") : control.normalName();
            switch (type) {
                case "checkbox", "radio" -> {
                    boolean ticked = rest.remove(control.hasAttr("value") ? control.attr("value") : "on");
                    control.attr("checked", ticked);
                }
                case "select" -> choose(control, rest, sent);
                case "submit", "button", "image", "reset" -> rest.clear();
                case "file" -> {}
                default -> texts.add(control);
            }
        }
        boolean hidden = texts.stream().allMatch(control -> control.attr("type").equals("hidden"));
        if (hidden && (texts.size() > 1 || values.size() > 1)) {
            // what the page says itself of a list of things stands
            return texts.isEmpty() ? rest : List.of();
        }
        for (Element text : texts) {
            if (!rest.isEmpty()) {
                String value = rest.remove(0);
                if (text.nameIs("textarea")) {
                    // as browsers hold it, who send line breaks the other way
                    text.text(value.replace("\r\n", "\n"));
                } else if (!text.attr("type").equals("password")) {
                    text.attr("value", value);
                }
            }
        }
        return rest;
    }

    private static void choose(Element select, List<String> rest, boolean sent) {
        if (!sent) {
            return;
        }
        for (Element option : select.select("option")) {
            String value = option.hasAttr("value") ? option.attr("value") : option.text();
            boolean chosen = (select.hasAttr("multiple")
                            || select.select("option[data-kept]").isEmpty())
                    && rest.remove(value);
            option.attr("selected", chosen);
            option.attr("data-kept", chosen);
        }
        select.select("option[data-kept]").removeAttr("data-kept");
    }

    /** As many rows in each list as were sent. */
    private static void fitRows(Element form, Set<String> names) {
        Map<String, Integer> last = new LinkedHashMap<>();
        for (String name : names) {
            Matcher cell = CELL.matcher(name);
            if (cell.matches()) {
                last.merge(cell.group(1), Integer.valueOf(cell.group(2)), Math::max);
            }
        }
        last.forEach(
                (key, number) -> form.select("[data-list=" + key + "]").forEach(list -> fitRows(list, key, number)));
    }

    private static void fitRows(Element list, String key, int last) {
        Element rows = list.selectFirst("[data-rows]");
        Element blank = list.selectFirst("template [data-row]");
        if (rows == null || blank == null) {
            return;
        }
        int most = list.attr("data-most").matches("\\d{1,4}") ? Integer.parseInt(list.attr("data-most")) : 0;
        while (rows.children().size() > last + 1) {
            rows.children().last().remove();
        }
        for (int i = rows.children().size(); i <= last && i < most; i++) {
            Element row = blank.clone();
            String number = String.valueOf(i);
            row.getAllElements().forEach(element -> {
                for (Attribute attribute : element.attributes().asList()) {
                    element.attr(
                            attribute.getKey(),
                            attribute
                                    .getValue()
                                    .replace(key + "." + BLANK + ".", key + "." + number + ".")
                                    .replace("-" + key + "-" + BLANK + "-", "-" + key + "-" + number + "-")
                                    .replace(key + ":" + BLANK, key + ":" + number));
                }
            });
            String heading = list.attr("data-heading").replace("{0}", String.valueOf(i + 1));
            row.select("[data-row-heading]")
                    .forEach(place -> place.text(place.nameIs("legend") ? heading : "– " + heading));
            rows.appendChild(row);
        }
        list.select("[data-add]")
                .forEach(add -> add.attr("hidden", rows.children().size() >= most));
    }

    /** An answer that the page has no field for: it stands below the others, unless it is only a mark of the page. */
    private static void add(Element form, String name, String value) {
        if (value.isBlank()) {
            return;
        }
        if (ID.matcher(value).matches()) {
            form.appendElement("input")
                    .attr("type", "hidden")
                    .attr("name", name)
                    .attr("value", value);
            return;
        }
        String id = "kept-" + name.replaceAll("[^a-zA-Z0-9]", "-");
        Element field = form.appendElement("div").addClass("field");
        field.appendElement("label").attr("for", id).text(name);
        field.appendElement("textarea").attr("id", id).attr("name", name).text(value);
    }

    /** Says beside each file input what is still there and what has to be chosen again. */
    private void files(Map<String, List<Element>> byName) {
        Set<Element> told = new HashSet<>();
        for (KeptForms.Paper paper : kept.sent().papers()) {
            byName.getOrDefault(paper.field(), List.of()).stream()
                    .filter(input -> input.attr("type").equals("file"))
                    .filter(told::add)
                    .findFirst()
                    .ifPresent(input -> {
                        boolean here = paper.content() != null;
                        String id = "kept-" + paper.field().replaceAll("[^a-zA-Z0-9]", "-");
                        input.before(new Element("p")
                                .addClass(here ? "attached" : "error")
                                .attr("id", id)
                                .text(texts.text(here ? "file" : "file.lost", paper.name())));
                        input.attr("aria-describedby", (input.attr("aria-describedby") + " " + id).strip());
                        if (here) {
                            input.removeAttr("required");
                        }
                    });
        }
    }

    private void note(Document document, Element form) {
        Element note =
                new Element("div").addClass("banner warn").attr("role", "alert").attr("id", NOTE);
        note.appendElement("span").addClass("sign").attr("aria-hidden", "true").text("↩");
        Element text = note.appendElement("div");
        text.appendElement("p").text(texts.text("text"));
        text.appendElement("p").appendElement("a").attr("href", "#" + form.id()).text(texts.text("link"));
        Element main = document.selectFirst("main");
        if (main == null) {
            form.before(note);
            return;
        }
        Element crumbs = main.selectFirst("> nav.crumbs");
        if (crumbs == null) {
            main.prependChild(note);
        } else {
            crumbs.after(note);
        }
    }
}
