package org.sterna.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.forms.FormGate;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Warning;
import org.sterna.obligations.Submission;

/** Completing steps: the port through which desk and API reach the engine. */
public interface Tasks {

    /**
     * Submits answers for a task on behalf of an account. What rules that only warn say is filed with the answers; it
     * holds them up only if {@link FormGate#WARNINGS_READ} is among the values and names other warnings than those.
     *
     * @param username the account; the task must be one of a seat whose work reaches it now
     * @param reader language of messages
     * @return what was filed
     * @throws NoSuchTask if the task does not exist or is not the account's
     * @throws TaskAlreadyDone if it was the account's and is over
     * @throws InvalidSubmission naming each wrong field, or only warnings that have to be read first; nothing was
     *     written
     */
    Submission submit(String taskId, String username, Map<String, ?> values, Locale reader);

    /**
     * What the rules that only warn say of answers that need not be complete yet.
     *
     * @param username the account; the task must be one of a seat whose work reaches it now
     * @param reader language of messages
     * @throws NoSuchTask if the task does not exist or is not the account's
     */
    List<Warning> warnings(String taskId, String username, Map<String, ?> values, Locale reader);

    /** Slot of the paper that answers were entered from. */
    String LETTER = "behalf-letter";

    /**
     * What answers are entered from.
     *
     * @param letter id of the paper that came, kept for the same task in the slot {@link #LETTER}
     * @param on the day it came; what came in time is not late, whenever it is entered
     */
    record Received(UUID letter, LocalDate on) {}

    /**
     * Enters on a Party's behalf what came by another way, such as a letter.
     *
     * @param username an account of the Secretariat
     * @param reader language of messages
     * @return what was filed; it tells who entered it
     * @throws NoSuchTask if the task is not one of a Party, its answers stay within the Party, or the account is not of
     *     the Secretariat
     * @throws TaskAlreadyDone if it is over
     * @throws InvalidSubmission naming each wrong field; nothing was written
     * @throws IllegalArgumentException if the paper is not of that task, or the day has not come yet
     */
    Submission enter(String taskId, String username, Map<String, ?> values, Received from, Locale reader);

    /**
     * Completes a step of the Secretariat with what the register says, as loaded from a file; checked and filed as if the
     * account had sent it.
     *
     * @param username an account of the Secretariat
     * @param file the file's name, told with the submission
     * @param reader language of messages
     * @return what was filed
     * @throws NoSuchTask if the task is not the account's
     * @throws TaskAlreadyDone if it is over
     * @throws InvalidSubmission naming each wrong field, such as one that the register says nothing about
     */
    Submission complete(String taskId, String username, String file, Locale reader);

    /** The task does not exist for the caller; says nothing about whether it exists at all. */
    class NoSuchTask extends RuntimeException {

        /** Creates it. */
        public NoSuchTask() {
            super("There is no such task");
        }
    }

    /** Somebody completed the task before, or it was withdrawn. */
    class TaskAlreadyDone extends RuntimeException {

        private final @Nullable String by;
        private final Instant at;
        private final boolean closed;

        /**
         * @param by display name of who completed it; null if it was withdrawn
         * @param at when
         */
        public TaskAlreadyDone(@Nullable String by, Instant at) {
            this(by, at, false);
        }

        /**
         * @param by display name of who completed it; null if it was withdrawn
         * @param at when
         * @param closed whether it was withdrawn because the case was closed as not delivered
         */
        public TaskAlreadyDone(@Nullable String by, Instant at, boolean closed) {
            super("The task is already done");
            this.by = by;
            this.at = at;
            this.closed = closed;
        }

        /** Whether it was withdrawn because the case was closed as not delivered. */
        public boolean closed() {
            return closed;
        }

        /** Display name of who completed it; null if it was withdrawn. */
        public @Nullable String by() {
            return by;
        }

        /** When. */
        public Instant at() {
            return at;
        }
    }
}
