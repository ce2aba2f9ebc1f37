package org.sterna.secretariat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.obligations.Obligations;

/**
 * Parties beside duties; every text is in the reader's language.
 *
 * @param columns one for each duty, those of a group side by side
 * @param rows one for each Party
 * @param byParty how the rows are sorted by the Party's name
 * @param byRegion how the rows are sorted by region
 */
record Matrix(List<Column> columns, List<Row> rows, Order byParty, Order byRegion) {

    /** A column to sort by, which is the Party's name, its region or a duty. */
    static final String PARTY = "party";

    static final String REGION = "region";

    /**
     * What to show, as the address says it; what is empty restricts nothing.
     *
     * @param occasion code of the occasion; empty for now
     * @param region code of a region
     * @param instrument code of an Agreement or MOU
     * @param language language of correspondence
     * @param state code of a state, or {@code open}, {@code overdue}, {@code due} or {@code stuck}
     * @param group code of a group of duties
     * @param seat whether the focal point's seat is {@code confirmed}, {@code provisional} or {@code vacant}
     * @param holder part of the name of somebody in office
     * @param sort {@code party}, {@code region} or the key of a duty
     * @param down whether the last comes first
     */
    record Choice(
            String occasion,
            String region,
            String instrument,
            String language,
            String state,
            String group,
            String seat,
            String holder,
            String sort,
            @Nullable Boolean down) {

        Choice {
            occasion = given(occasion);
            region = given(region);
            instrument = given(instrument);
            language = given(language);
            state = given(state);
            group = given(group);
            seat = given(seat);
            holder = given(holder);
            sort = given(sort).isEmpty() ? PARTY : given(sort);
            down = Boolean.TRUE.equals(down);
        }

        private static String given(@Nullable String parameter) {
            return parameter == null ? "" : parameter.strip();
        }

        /** The address of what is chosen. */
        String address(String path) {
            return address(path, sort, down);
        }

        /** The address of the same, sorted by that column; the other way round if it is already. */
        String sortedBy(String path, String column) {
            return address(path, column, sort.equals(column) && !down);
        }

        private String address(String path, String column, boolean downwards) {
            UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
            Map.of(
                            "occasion", occasion,
                            "region", region,
                            "instrument", instrument,
                            "language", language,
                            "state", state,
                            "group", group,
                            "seat", seat,
                            "holder", holder,
                            "sort", column.equals(PARTY) ? "" : column,
                            "down", downwards ? "true" : "")
                    .entrySet()
                    .stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> address.queryParam(entry.getKey(), "{" + entry.getKey() + "}"));
            return address.encode()
                    .buildAndExpand(Map.of(
                            "occasion", occasion,
                            "region", region,
                            "instrument", instrument,
                            "language", language,
                            "state", state,
                            "group", group,
                            "seat", seat,
                            "holder", holder,
                            "sort", column,
                            "down", downwards))
                    .toUriString();
        }
    }

    /**
     * How the rows are sorted by a column.
     *
     * @param href address of the same, sorted by it
     * @param now {@code ascending}, {@code descending}, or null while they are not
     * @param told that they are, for who cannot see it; null while they are not
     */
    record Order(
            String href, @Nullable String now, @Nullable String told) {}

    /**
     * A duty.
     *
     * @param key its key
     * @param code its number
     * @param title its title
     * @param group what it is about, beside its neighbours
     * @param done how many of those shown have ended, in words
     * @param order how the rows are sorted by it
     */
    record Column(String key, String code, String title, String group, String done, Order order) {}

    /**
     * A Party.
     *
     * @param code its code
     * @param name its name
     * @param region its region
     * @param holder who is its focal point; null while nobody is
     * @param cells in the order of the columns; null where nothing is asked, or what is does not fit the choice
     */
    record Row(
            String code,
            String name,
            String region,
            @Nullable String holder,
            List<@Nullable Cell> cells) {}

    /**
     * An obligation.
     *
     * @param id its identity
     * @param content what the cell says; many say the same
     * @param standing the row of the ledger
     */
    record Cell(UUID id, Content content, Obligations.Standing standing) {}

    /**
     * What a cell says.
     *
     * @param css names its colours; letters, hyphens and blanks only
     * @param sign its state in one character
     * @param state its state
     * @param when its deadline and how far that is; when it ended, once it has
     * @param next what happens by itself next, or null
     * @param others how many more are open, in words; null for none
     */
    record Content(
            String css,
            String sign,
            String state,
            String when,
            @Nullable String next,
            @Nullable String others) {}

    /** What the duties are about, each above those that are about it. */
    public String groups() {
        return MatrixMarkup.groups(columns);
    }

    /** The duties as they head the table. */
    public String heads() {
        return MatrixMarkup.heads(columns);
    }

    /** The Parties as they stand in the table. */
    public String lines() {
        return MatrixMarkup.lines(rows);
    }
}
