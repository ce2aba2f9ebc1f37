package org.sterna.secretariat;

import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.obligations.Obligations;

/**
 * Where a list stands, with the addresses of the pages around it; all its state is in the address.
 *
 * @param first number of the first line shown, from 1; 0 if there is none
 * @param last number of the last line shown
 * @param total how many lines there are, as far as they are counted
 * @param more whether there are more than that; the rest is reached by a filter
 * @param previous address of the page before; null on the first
 * @param next address of the page after; null on the last
 */
record Pager(
        long first,
        long last,
        long total,
        boolean more,
        @Nullable String previous,
        @Nullable String next) {

    /** Lines on a page. */
    static final int SIZE = 50;

    /** Number of the last page, from 0. */
    static final int LAST = Obligations.MOST_COUNTED / SIZE - 1;

    /** How many of the lines are printed; 0 if all are. */
    public int printed() {
        return total > Sheets.MOST_PRINTED ? Sheets.MOST_PRINTED : 0;
    }

    /** The page shown for a number in an address. */
    static int page(int asked) {
        return Math.min(Math.max(0, asked), LAST);
    }

    /** A number of lines, with a plus where no more were counted. */
    static String count(long number, Locale reader) {
        return NumberFormat.getIntegerInstance(reader).format(number) + (number >= Obligations.MOST_COUNTED ? "+" : "");
    }

    static Pager of(int page, int shown, long total, UriComponentsBuilder address) {
        long before = (long) page * SIZE;
        return new Pager(
                shown == 0 ? 0 : before + 1,
                before + shown,
                total,
                total >= Obligations.MOST_COUNTED,
                page == 0 ? null : at(address, page - 1),
                before + shown < total && shown > 0 ? at(address, page + 1) : null);
    }

    private static String at(UriComponentsBuilder address, int page) {
        return address.cloneBuilder()
                .replaceQueryParam("page", page)
                .encode()
                .build()
                .toUriString();
    }
}
