package org.sterna.register;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Figures that the Secretariat loads as a file: comma- or semicolon-separated values in UTF-8, the names of the columns
 * in the first line, a point before decimals, days as in 2027-03-31. Loading the same file again changes nothing.
 */
public interface Imports {

    /** The largest file, in bytes. */
    int LARGEST = 1024 * 1024;

    /** What is loaded. */
    enum Kind {
        /** Shares on the United Nations scale of assessments. */
        SHARES("party", "from_year", "percent", "basis", "source"),
        /**
         * Assessed contributions with what was paid for the year so far. If more was paid than the register knows, the
         * rest becomes a payment on {@code paid_on} with {@code reference}; what the register has is never taken back.
         */
        CONTRIBUTIONS("party", "year", "invoice_no", "assessed", "paid", "paid_on", "reference", "basis", "source"),
        /** Which Parties belong to which instruments, from which day. */
        MEMBERSHIPS("party", "instrument", "from", "basis", "source");

        private final List<String> columns;

        Kind(String... columns) {
            this.columns = List.of(columns);
        }

        /** The columns, all of which the first line has to name, in any order. */
        public List<String> columns() {
            return columns;
        }

        /** For example {@code shares}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with that code. */
        public static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    /** What a line does to the register. */
    enum Change {
        NEW,
        CHANGED,
        /** The register has it already. */
        SAME
    }

    /**
     * A line that can be loaded.
     *
     * @param number its number in the file, from 1
     * @param cells its values in the order of the kind's columns
     * @param change what it does
     */
    record Line(int number, List<String> cells, Change change) {}

    /**
     * What is wrong with a line.
     *
     * @param line its number in the file, from 1
     * @param field the column; {@code file} for the file as a whole
     * @param message what is wrong and how to mend it, in the reader's language
     */
    record Fault(int line, String field, String message) {}

    /**
     * What a file does, or did.
     *
     * @param kind what is loaded
     * @param lines the lines that can be loaded, in the file's order
     * @param faults what is wrong, in the file's order; nothing is written unless there is none
     */
    record Result(Kind kind, List<Line> lines, List<Fault> faults) {

        /** Whether the file can be loaded, or was. */
        public boolean sound() {
            return faults.isEmpty();
        }

        /** How many lines do that. */
        public long count(Change change) {
            return lines.stream().filter(line -> line.change() == change).count();
        }
    }

    /** What loading the file would do; writes nothing. */
    Result check(Kind kind, byte[] file);

    /** Loads the file as a whole, or writes nothing where anything is wrong with it. */
    Result load(Kind kind, byte[] file, String username);
}
