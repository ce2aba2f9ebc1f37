package org.sterna.database;

/**
 * Limits of queries within queries, written into the statement as numbers. Bound as parameters there, H2 may keep what a
 * branch of a union answered for the limit before, and rows are missing from then on. The limit of a whole statement,
 * at its very end, may be a parameter.
 */
public final class RowLimit {

    private static final long LEAST = 64;

    private RowLimit() {}

    /**
     * Exactly so many rows. Each number makes another statement, and databases remember those they have seen: so this is
     * for numbers that the program has, not for those that somebody asks for.
     *
     * @param rows how many, from 1
     * @throws IllegalArgumentException if there are less
     */
    public static String first(long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("A limit is at least 1 row, not " + rows);
        }
        return "fetch first " + rows + " rows only";
    }

    /**
     * So many rows or some more, no more than twice as many but at least 64; the query around it takes from them what is
     * wanted. For numbers that somebody asks for, as few statements serve all of them.
     *
     * @param rows how many are needed, from 0
     * @throws IllegalArgumentException if there are less, or more than databases count
     */
    public static String firstAtLeast(long rows) {
        if (rows < 0 || rows > Long.MAX_VALUE / 2) {
            throw new IllegalArgumentException("A limit is at least 0 rows and at most half of all, not " + rows);
        }
        return first(rows <= LEAST ? LEAST : Long.highestOneBit(rows - 1) << 1);
    }

    /**
     * So many rows, and those behind that are equal to the last in what the query is ordered by.
     *
     * @param rows how many, from 1
     * @throws IllegalArgumentException if there are less
     */
    public static String firstWithTies(long rows) {
        return first(rows).replace("only", "with ties");
    }
}
