package org.sterna.register;

/** Something about a contribution that cannot be kept as it was given; nothing was written. */
public class InvalidContribution extends IllegalArgumentException {

    private final String field;

    /**
     * @param field what is wrong: {@code party}, {@code year}, {@code invoiceNo}, {@code assessed}, {@code source},
     *     {@code amount}, {@code exchangeRate}, {@code paidOn}, {@code reference}, {@code payment}, {@code received},
     *     {@code reason} or {@code changeReason}
     * @param message what is wrong and how to mend it, in the reader's language
     */
    public InvalidContribution(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is wrong. */
    public String field() {
        return field;
    }
}
