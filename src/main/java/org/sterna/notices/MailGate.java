package org.sterna.notices;

/**
 * Whether mail leaves. The gate is shut while no mail server is configured, and can be shut by hand, for example after
 * a backup was restored. While it is shut, notices are kept and can be released one by one; opening it again releases
 * none by itself.
 */
public interface MailGate {

    /** How the gate stands. */
    Notices.Gate state();

    /** Whether there is a mail server to hand notices to. */
    boolean serverConfigured();

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
}
