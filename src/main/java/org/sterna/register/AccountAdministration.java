package org.sterna.register;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do about the accounts of others. Nobody but the person ever knows a password: a new account gets
 * a link by mail. An account is never deleted, and its user name never given to somebody else, since what was done with
 * it stays recorded under that name.
 */
public interface AccountAdministration {

    /** Whether an account can be used. */
    enum Status {
        /** Has no password yet. */
        INVITED,
        ACTIVE,
        /** Cannot be used until it is unlocked. */
        LOCKED,
        /** Cannot be used any more. */
        ENDED;

        /** For message keys, for example {@code invited}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can happen to an account. */
    enum Happening {
        OPENED,
        INVITED,
        PASSWORD_SET,
        PASSWORD_CHANGED,
        RESET_ASKED,
        ADDRESS_CHANGED,
        SESSIONS_ENDED,
        LOCKED,
        UNLOCKED,
        ENDED;

        /** For message keys, for example {@code password-set}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * An account in the list.
     *
     * @param seats codes of the seats it sits in itself today
     * @param letter state of the last link sent to it: {@code queued}, {@code sent} or {@code failed}; null if none was
     */
    record Entry(
            String username,
            String name,
            String email,
            Locale language,
            Set<String> seats,
            boolean administrator,
            Status status,
            @Nullable String letter) {}

    /**
     * Something that happened to an account.
     *
     * @param what what happened
     * @param actor user name of who did it; null for nobody in person
     * @param at when
     * @param detail more about it, such as a seat’s code or the address before; null for nothing
     */
    record Event(
            Happening what,
            @Nullable String actor,
            Instant at,
            @Nullable String detail) {}

    /**
     * A new colleague in the Secretariat.
     *
     * @param username 2 to 64 lower-case letters, digits or hyphens, beginning with a letter or digit
     * @param name how the person is shown to others
     * @param email where the link and notices go
     * @param language English, French or Spanish
     * @param administrator whether the person administers the installation and its accounts too
     */
    record Officer(String username, String name, String email, Locale language, boolean administrator) {}

    /** What is wrong with an {@link Officer}: the field, and {@code invalid} or {@code taken}. */
    class InvalidOfficer extends IllegalArgumentException {

        private final String field;
        private final String fault;

        InvalidOfficer(String field, String fault) {
            super(field + ": " + fault);
            this.field = field;
            this.fault = fault;
        }

        /** {@code username}, {@code name} or {@code email}. */
        public String field() {
            return field;
        }

        /** {@code invalid} or {@code taken}. */
        public String fault() {
            return fault;
        }
    }

    /** Refuses what would leave nobody to administer accounts, or what somebody does to the own account. */
    class NotAllowed extends IllegalStateException {

        NotAllowed(String message) {
            super(message);
        }
    }

    /** All accounts, those that ended last, each group by user name. */
    List<Entry> all();

    /** The account with that user name. */
    Optional<Entry> find(String username);

    /** What happened to the account, the newest first. */
    List<Event> events(String username);

    /** Those in office today, or to come, who have no account that could be used; by seat. */
    List<Holder> withoutAccount();

    /**
     * Opens an account in the Secretariat’s seat, from today, and mails a link to it.
     *
     * @param by user name of who does it
     * @throws InvalidOfficer if a field cannot be taken
     */
    void open(Officer officer, String by);

    /**
     * Opens an account for somebody of {@link #withoutAccount} and mails a link to it.
     *
     * @param term identity of the term of office
     * @param by user name of who does it
     * @return the user name; empty if there is nobody such any more
     */
    Optional<String> openFor(UUID term, String by);

    /**
     * Mails another link to the account’s address; those sent before do not hold any more.
     *
     * @return false if the account is locked or ended
     */
    boolean invite(String username, String by);

    /**
     * Locks the account: all its sessions end at the next request, and its seats count as vacant meanwhile.
     *
     * @throws NotAllowed for the own account and the last administrator’s
     */
    void lock(String username, String by);

    /** Takes back {@link #lock}. */
    void unlock(String username, String by);

    /**
     * Ends the account for good.
     *
     * @throws NotAllowed for the own account and the last administrator’s
     */
    void end(String username, String by);

    /** Ends all sessions of the account, at their next request. */
    void endSessions(String username, String by);
}
