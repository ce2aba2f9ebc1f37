package org.sterna.pages;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.obligations.Obligation;

/**
 * An obligation as one reader sees it; every text is in the reader's language.
 *
 * @param obligation the row of the ledger
 * @param duty the duty's title
 * @param party the Party's name
 * @param state where it stands
 * @param due by when the Party has to act
 * @param origin what set the deadline
 * @param assumed whether the deadline is a default that nobody has notified
 * @param opened when it was opened
 * @param closed when it ended; null while open
 * @param nextAct what happens by itself next; null if nothing is planned
 * @param late that the answer came late, and what that means; null if it did not
 * @param steps its steps in the order of the diagram
 * @param submissions what was sent, the newest first
 * @param notices what was written to whom, the newest first
 * @param history what happened, the newest first
 * @param papers the papers among what was sent, the newest first
 * @param withheld that what the Party answers is not told, and why; null where it is told
 */
public record CaseFile(
        Obligation obligation,
        String duty,
        String party,
        Wording.Tag state,
        Wording.Due due,
        String origin,
        boolean assumed,
        String opened,
        @Nullable String closed,
        @Nullable String nextAct,
        @Nullable String ending,
        Wording.@Nullable Tag late,
        List<StepLine> steps,
        List<Sent> submissions,
        List<Letter> notices,
        List<Event> history,
        List<Paper> papers,
        @Nullable String withheld) {

    /**
     * Where a step stands.
     *
     * @param name the step's name
     * @param seat whose step it is
     * @param state {@code done}, {@code open} or {@code ahead}
     * @param detail since when it waits, or who did it when; null ahead
     * @param taskId the open task, if it is one of the reader's seats; null otherwise
     * @param due by when, in duties with several deadlines while the step is not done; null otherwise
     * @param origin what set that deadline, whether it is a default or without effect when missed; empty
     *     where {@code due} is null
     */
    public record StepLine(
            String name,
            String seat,
            String state,
            @Nullable String detail,
            @Nullable String taskId,
            Wording.@Nullable Due due,
            List<String> origin) {

        StepLine dueBy(Wording.Due day, List<String> from) {
            return new StepLine(name, seat, state, detail, taskId, day, from);
        }
    }

    /**
     * A submission.
     *
     * @param id its identity
     * @param stepKey the step's key
     * @param step the step's name
     * @param version 1 for the first of the step
     * @param receipt its number
     * @param by who sent it
     * @param seat for which seat
     * @param at when it was received
     * @param late whether after the deadline
     * @param acting whether by somebody else than the seat's own holder
     * @param answers what was answered
     * @param warnings what the form warned of when it was sent
     * @param behalf what the Secretariat entered it from for the Party; null if the Party sent it itself
     */
    public record Sent(
            UUID id,
            String stepKey,
            String step,
            int version,
            String receipt,
            String by,
            String seat,
            String at,
            boolean late,
            boolean acting,
            List<Answer> answers,
            List<String> warnings,
            @Nullable Behalf behalf) {}

    /**
     * What was entered for a Party.
     *
     * @param on the day it came
     * @param letter the paper it came as
     */
    public record Behalf(String on, Part letter) {}

    /**
     * A paper of the case.
     *
     * @param id its identity
     * @param size in bytes
     * @param file name, address, type and size, and whether it was scanned for malware
     * @param at when it was received
     * @param by who handed it in
     * @param sha256 hash of its content
     */
    public record Paper(UUID id, long size, Part file, String at, String by, String sha256) {}

    /**
     * An answer with its question.
     *
     * @param key the field's key
     * @param question the field's label
     * @param parts one for a single answer, several for a choice of many; empty for a list
     * @param rows of a list; empty for all else
     */
    public record Answer(String key, String question, List<Part> parts, List<Row> rows) {}

    /**
     * A row of a list.
     *
     * @param heading such as “Row 1”
     * @param answers its cells; those left empty are not there
     */
    public record Row(String heading, List<Answer> answers) {}

    /**
     * A text, or a paper to download.
     *
     * @param text the text or the paper's name
     * @param href where the paper is; null for a text
     * @param note type and size of the paper; null for a text
     */
    public record Part(
            String text, @Nullable String href, @Nullable String note) {}

    /**
     * A notice.
     *
     * @param id its identity
     * @param subject the subject line
     * @param to recipient and seat
     * @param copy whether only a copy
     * @param state where it stands
     * @param at when it was sent, or issued while it is not
     * @param text the plain text
     */
    public record Letter(UUID id, String subject, String to, boolean copy, Wording.Tag state, String at, String text) {}

    /**
     * Something that happened.
     *
     * @param number counting up from 1
     * @param at when
     * @param text what, in a sentence
     * @param facts particulars
     */
    public record Event(int number, String at, String text, List<String> facts) {}
}
