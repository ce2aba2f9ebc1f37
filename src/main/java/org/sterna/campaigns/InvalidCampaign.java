package org.sterna.campaigns;

/** A campaign that cannot be opened; nothing was written. */
public class InvalidCampaign extends IllegalArgumentException {

    private final String field;

    /**
     * @param field what is wrong: {@code duty}, {@code occasion}, {@code parties}, {@code reason}, {@code lateReason} or {@code
     *     opensOn}
     * @param message what is wrong and how to mend it, in the reader's language
     */
    public InvalidCampaign(String field, String message) {
        super(message);
        this.field = field;
    }

    /**
     * What is wrong: {@code duty}, {@code occasion}, {@code parties}, {@code reason}, {@code lateReason} or
     * {@code opensOn}.
     */
    public String field() {
        return field;
    }
}
