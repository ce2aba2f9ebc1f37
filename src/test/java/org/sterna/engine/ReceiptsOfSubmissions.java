package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.register.Holder;
import org.sterna.register.Seats;

/**
 * Looks for the receipt of each submission of a story: one mail to whoever sent it for a Party, none for what the
 * Secretariat decides.
 */
final class ReceiptsOfSubmissions {

    /** Answers shorter than this may be in a text by chance. */
    private static final int LONG = 20;

    private final Obligations obligations;
    private final Notices notices;
    private final Seats seats;
    private final Set<UUID> seen = new HashSet<>();

    ReceiptsOfSubmissions(Obligations obligations, Notices notices, Seats seats) {
        this.obligations = obligations;
        this.notices = notices;
        this.seats = seats;
    }

    /** Looks at what was sent for the obligation since the last look. */
    void check(String where, Obligation obligation) {
        for (Submission submission : obligations.submissions(obligation.id())) {
            if (seen.add(submission.id())) {
                check(where + ", receipt " + submission.receipt(), obligation, submission);
            }
        }
    }

    private void check(String where, Obligation obligation, Submission submission) {
        List<Notice> receipts = notices.of(obligation.id()).stream()
                .filter(notice -> notice.milestone().equals("receipt@" + submission.receipt()))
                .toList();
        if (!obligation.ofParty(submission.seatCode())) {
            assertThat(receipts).as(where + ", of the Secretariat").isEmpty();
            return;
        }
        Holder sender = seats.reachedBy(submission.seatCode()).stream()
                .filter(holder -> submission.submittedBy().equals(holder.username()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(where + ": sent by nobody of the seat"));
        assertThat(receipts)
                .as(where + ", to " + sender.email())
                .filteredOn(notice -> notice.email().equals(sender.email()) && !notice.copy())
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.language().getLanguage())
                            .as(where)
                            .isEqualTo(sender.language().getLanguage());
                    assertThat(notice.text()).as(where).contains(submission.receipt());
                });
        assertThat(receipts)
                .as(where + ", which quotes no answers")
                .filteredOn(notice -> notice.kind().equals("receipt"))
                .allSatisfy(notice -> submission.values().values().stream()
                        .filter(answer -> answer instanceof String text && text.length() >= LONG)
                        .forEach(answer -> assertThat(notice.text()).doesNotContain((String) answer)));
    }
}
