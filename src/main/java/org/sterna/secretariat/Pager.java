package org.sterna.secretariat;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a list stands, with the addresses of the pages around it; all its state is in the address.
 *
 * @param first number of the first line shown, from 1; 0 if there is none
 * @param last number of the last line shown
 * @param total how many lines there are
 * @param previous address of the page before; null on the first
 * @param next address of the page after; null on the last
 */
record Pager(
        long first,
        long last,
        long total,
        @Nullable String previous,
        @Nullable String next) {

    /** Lines on a page. */
    static final int SIZE = 50;

    static Pager of(int page, int shown, long total, UriComponentsBuilder address) {
        long before = (long) page * SIZE;
        return new Pager(
                shown == 0 ? 0 : before + 1,
                before + shown,
                total,
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
