package org.sterna.register;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Addresses that mail does not reach, until somebody corrects them. */
public interface Addresses {

    /** What is wrong with an address. */
    enum Fault {
        /** Mail to it came back for good. */
        BOUNCED,
        /** It cannot be an address. */
        INVALID;

        /** The code in message keys {@code address.fault.<code>}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An address in use that the Secretariat has to correct.
     *
     * @param email the address as the register has it
     * @param holder who uses it, in office today
     * @param fault what is wrong with it
     * @param said what the mail server said
     * @param since when that was found
     */
    record Unusable(String email, Holder holder, Fault fault, String said, Instant since) {}

    /** The form of an address by which addresses are told apart. */
    static String key(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Marks an address: notices to its holder go on down the line of fall-back from now on.
     *
     * @param said what the mail server said; at most 1000 characters
     * @return whether it was not marked before
     */
    boolean mark(String email, Fault fault, String said);

    /** Whether the address is marked. */
    boolean marked(String email);

    /**
     * Takes back {@link #mark}, because the address works after all.
     *
     * @return whether it was marked
     */
    boolean clear(String email);

    /**
     * Replaces an address wherever somebody in office or to come, or an account, uses it; neither is marked any more.
     *
     * @param username who corrects
     * @throws IllegalArgumentException beginning with {@code after: }, if the new address cannot be one; or beginning
     *     with {@code before: }, if nobody uses the old one
     */
    void correct(String before, String after, String username);

    /**
     * The marked addresses of those in office today, held: none of them is mended until the caller's transaction ends.
     * One statement.
     *
     * @return as {@link #key} has them
     */
    List<String> holdMarked();

    /**
     * Who in office today uses one of the addresses; one statement.
     *
     * @param emails as {@link #key} has them
     * @return by the address as {@link #key} has it, without those that nobody uses
     */
    Map<String, List<Holder>> users(Collection<String> emails);

    /** The marked addresses of those in office today, the oldest mark first; one statement. */
    List<Unusable> unusable();
}
