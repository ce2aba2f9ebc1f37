package org.sterna.notices;

import java.util.Locale;

/** What became of a delivery, as judged by {@code reference/delivery-rules.yaml}; the gravest first. */
public enum DeliveryVerdict {
    /** There is no such mailbox: nothing sent to the address arrives. */
    GONE,
    /** The server takes no such mail from us; its objection is to us and not to the address. */
    REFUSED,
    /** The mailbox is full, or its server could not be reached or took nothing. */
    FAILING,
    /** It did not arrive, and the reason is not clear. */
    UNKNOWN,
    /** A warning only: it is still being tried. */
    DELAYED,
    /** It went well. */
    DELIVERED;

    /** The code in message keys {@code delivery.verdict.<code>}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
