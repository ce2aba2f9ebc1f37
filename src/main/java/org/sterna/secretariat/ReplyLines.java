package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.notices.Correspondence;
import org.sterna.pages.Wording;

/** The answers kept with a case, and what machines sent in reply, in words. */
@Component
class ReplyLines {

    /**
     * An answer, an automatic one or a receipt.
     *
     * @param from who answered
     * @param subject the subject line
     * @param at when it was read or filed
     * @param answer whether a person answered
     * @param what what it is where it is no answer; null for an answer
     * @param filedBy who filed it by hand; null if it came by itself
     * @param text what was answered
     */
    record Line(
            String from,
            String subject,
            String at,
            boolean answer,
            @Nullable String what,
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
                        reply.kind() == Correspondence.ReplyKind.ANSWER,
                        reply.kind() == Correspondence.ReplyKind.ANSWER
                                ? null
                                : wording.text(
                                        "secretariat.replies." + reply.kind().code(), reader),
                        reply.filedBy(),
                        reply.text()))
                .toList();
    }
}
