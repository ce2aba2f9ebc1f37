package org.sterna.secretariat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.notices.MailServer;
import org.sterna.pages.Wording;

/** Words how the mail server behaves, the same on every page that tells it. */
@Component
class MailLines {

    /**
     * How the mail server behaves, in words.
     *
     * @param tag how it looks: {@code tag-confirmed}, {@code tag-late} or {@code tag-overdue}
     * @param sign the sign beside it
     * @param sentence how it behaves, and since when
     * @param alarming whether the Secretariat is warned
     * @param troubled whether something is wrong at all
     * @param waiting what waits, since when, and how often it was tried; null if nothing waits
     * @param delivered when it last took a mail; null if it never did
     * @param failed when it last took none; null if that never happened
     * @param said what it said then, in its own words; null if it never failed
     */
    record Line(
            String tag,
            String sign,
            String sentence,
            boolean alarming,
            boolean troubled,
            @Nullable String waiting,
            @Nullable String delivered,
            @Nullable String failed,
            @Nullable String said) {}

    private final MailServer server;
    private final Wording wording;

    MailLines(MailServer server, Wording wording) {
        this.server = server;
        this.wording = wording;
    }

    Line of(Locale reader) {
        MailServer.Status status = server.status();
        boolean well = status.condition() == MailServer.Condition.WELL;
        return new Line(
                status.alarming() ? "tag-overdue" : well ? "tag-confirmed" : "tag-late",
                status.alarming() ? "!" : well ? "✓" : status.troubled() ? "…" : "?",
                wording.text(
                        "mail-server." + status.condition().code(),
                        reader,
                        status.since() == null ? "" : wording.moment(status.since(), reader)),
                status.alarming(),
                status.troubled(),
                status.oldestAt() == null
                        ? null
                        : wording.text(
                                "mail-server.waiting",
                                reader,
                                status.waiting(),
                                wording.moment(status.oldestAt(), reader),
                                status.attempts()),
                status.deliveredAt() == null ? null : wording.moment(status.deliveredAt(), reader),
                status.failedAt() == null ? null : wording.moment(status.failedAt(), reader),
                status.said());
    }
}
