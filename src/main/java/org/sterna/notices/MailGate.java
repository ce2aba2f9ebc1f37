package org.sterna.notices;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether mail leaves. The gate is shut while no mail server is configured; when the database turns out to be a copy, or
 * an older state restored from a backup, until a person confirms that mail shall leave from here; and by hand. While it
 * is shut, notices are kept and can be released one by one or together; opening it releases none by itself.
 */
public interface MailGate {

    /**
     * The gate's hand lever.
     *
     * @param closed whether somebody shut the gate
     * @param changedBy who moved the lever last; null if nobody ever did
     * @param changedAt when; null if nobody ever did
     * @param why why it was shut; null while it is open
     */
    record Lever(
            boolean closed,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            @Nullable String why) {}

    /** How the gate stands for what this node would send. */
    Notices.Gate state();

    /**
     * Whether what is to be sent has to be kept back: closed only if no node may send it. A node that cannot send
     * itself, for want of a mail server or because it does not know the data, says open while another one can.
     */
    Notices.Gate forAll();

    /**
     * Tells other nodes that this one is there, and whether it can send; has to be called more often than {@link
     * DeliverySettings#patience}. A node that shares the data and has no name from the settings learns here the name
     * of the others, from one that works on the same data at this very moment.
     */
    void greet();

    /** The hand lever, which can be open while something else keeps the gate shut. */
    Lever lever();

    /** Whether there is a mail server to hand notices to. */
    boolean serverConfigured();

    /** Whether the database is one that this installation has not written up to now, and nobody has confirmed it. */
    boolean restored();

    /**
     * Says that mail shall leave from this installation and this database.
     *
     * @param username who says so
     */
    void confirm(String username);

    /**
     * Shuts the gate for all nodes.
     *
     * @param username who does it
     * @param why for those who come later
     */
    void shut(String username, String why);

    /**
     * Takes back {@link #shut}.
     *
     * @param username who does it
     */
    void open(String username);

    /** Notes outside the database that mail was taken out to be sent for that many times; 0 for nothing new. */
    void remember(long round);
}
