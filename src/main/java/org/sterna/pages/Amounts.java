package org.sterna.pages;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes numbers as the reader's language does. */
public final class Amounts {

    private Amounts() {}

    /** For example {@code 1,250.50}. */
    public static String euro(BigDecimal amount, Locale reader) {
        return decimals(amount, 2, 2, reader);
    }

    /** The amount with its currency, for example {@code USD 1,250.50}. */
    public static String money(BigDecimal amount, String currency, Locale reader) {
        return currency + "\u00a0" + euro(amount, reader);
    }

    /** For example {@code 0.200 %}; null for null. */
    public static @Nullable String percent(@Nullable BigDecimal percent, Locale reader) {
        return percent == null ? null : decimals(percent, 3, 3, reader) + "\u00a0%";
    }

    /** An exchange rate, as exact as it is known. */
    public static String rate(BigDecimal rate, Locale reader) {
        return decimals(rate, 2, 6, reader);
    }

    private static String decimals(BigDecimal number, int least, int most, Locale reader) {
        NumberFormat format = NumberFormat.getNumberInstance(reader);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        return format.format(number);
    }
}
