package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.notices.Correspondence;
import org.sterna.pages.Wording;

/** The answers kept with a case, in words. */
@Component
class ReplyLines {

    /**
     * An answer.
     *
     * @param from who answered
     * @param subject the subject line
     * @param at when it was read or filed
     * @param automatic whether a machine answered
     * @param filedBy who filed it by hand; null if it came by itself
     * @param text what was answered
     */
    record Line(
            String from,
            String subject,
            String at,
            boolean automatic,
            @Nullable String filedBy,
            String text) {}

    private final Correspondence correspondence;
    private final Wording wording;

    ReplyLines(Correspondence correspondence, Wording wording) {
        this.correspondence = correspondence;
        this.wording = wording;
    }

    List<Line> of(UUID obligationId, Locale reader) {
        return correspondence.replies(obligationId).stream()
                .map(reply -> new Line(
                        reply.from(),
                        reply.subject(),
                        wording.moment(reply.receivedAt(), reader),
                        reply.automatic(),
                        reply.filedBy(),
                        reply.text()))
                .toList();
    }
}
