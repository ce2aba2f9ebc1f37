package org.sterna.documents;

/** A paper that cannot be taken into custody; nothing was kept. */
public class RejectedDocument extends Exception {

    /** Why a document was rejected. */
    public enum Reason {
        EMPTY,
        TOO_LARGE,
        WRONG_TYPE
    }

    private final Reason reason;

    /** @param reason why */
    public RejectedDocument(Reason reason) {
        super("Document rejected: " + reason);
        this.reason = reason;
    }

    /** Why; the message key is {@code document.rejected.<reason in lower case>}. */
    public Reason reason() {
        return reason;
    }
}
