package org.sterna.secretariat;

import org.springframework.web.util.HtmlUtils;

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
}
