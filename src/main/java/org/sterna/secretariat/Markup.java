package org.sterna.secretariat;

import org.springframework.web.util.HtmlUtils;
import org.sterna.pages.Wording;

/** Text in markup of which there is so much that a template would take longer over it than all else. */
final class Markup {

    private Markup() {}

    /** The text as it may stand in an element; most texts are that already, and are told quickly. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '<', '>', '&', '"', '\'' -> {
                    return HtmlUtils.htmlEscape(text, "UTF-8");
                }
                default -> {}
            }
        }
        return text;
    }

    /** What the fragment {@code tag} writes. */
    static String tag(Wording.Tag tag) {
        return "<span class=\"tag tag-" + text(tag.code()) + "\"><span class=\"sign\" aria-hidden=\"true\">"
                + text(tag.sign()) + "</span> <span>" + text(tag.label()) + "</span></span>";
    }

    /**
     * What the fragment {@code due} writes.
     *
     * @param provisional the word for what may still move
     */
    static String due(Wording.Due due, String provisional) {
        return "<span class=\"" + (due.overdue() ? "due late" : "due") + "\"><span class=\"distance\">"
                + text(due.distance()) + "</span><span class=\"dot\" aria-hidden=\"true\"> · </span><time datetime=\""
                + text(due.iso()) + "\">" + text(due.day()) + "</time>"
                + (due.provisional() ? " " + tag(new Wording.Tag("provisional", "~", provisional)) : "") + "</span>";
    }
}
