package org.sterna.register;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Figures that the Secretariat loads as a file: comma- or semicolon-separated values in UTF-8, the names of the columns
 * in the first line, a point before decimals, days as in 2027-03-31. Where semicolons separate, as European spreadsheets
 * write them, also decimals after a comma, such as 1.000,50, and days as in 31/03/2027 or 31.03.2027; what could be read
 * in two ways is refused. Loading the same file again changes nothing.
 *
 * <p>A figure that the register has is never replaced by another one silently: the line tells both, and the file is
 * loaded with a reason, which is kept, or not at all.
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
     * @param differences the figures that the register has otherwise
     */
    record Line(int number, List<String> cells, Change change, List<Difference> differences) {

        /** A line that replaces nothing. */
        public Line(int number, List<String> cells, Change change) {
            this(number, cells, change, List.of());
        }
    }

    /**
     * A figure that the register has otherwise, so that loading it needs a reason.
     *
     * @param column the column
     * @param before what the register has, told in the reader's language
     * @param after what the file says
     */
    record Difference(String column, String before, String after) {}

    /**
     * How a file is loaded.
     *
     * @param name the file's name, kept with what it does; may be empty
     * @param reason why figures of the register are replaced; may be empty where none are
     * @param username who loads it
     */
    record Loading(String name, String reason, String username) {}

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
     * @param id identity of the loading, under which what it starts can be followed
     * @param kind what is loaded
     * @param lines the lines that can be loaded, in the file's order
     * @param faults what is wrong, in the file's order; nothing is written unless there is none
     */
    record Result(UUID id, Kind kind, List<Line> lines, List<Fault> faults) {

        /** Whether the file can be loaded, or was. */
        public boolean sound() {
            return faults.isEmpty();
        }

        /** Whether a figure of the register is replaced, which needs a reason. */
        public boolean replaces() {
            return lines.stream().anyMatch(line -> !line.differences().isEmpty());
        }

        /** How many lines do that. */
        public long count(Change change) {
            return lines.stream().filter(line -> line.change() == change).count();
        }
    }

    /** What loading the file would do; writes nothing. */
    Result check(Kind kind, byte[] file);

    /**
     * Loads the file as a whole, or writes nothing where anything is wrong with it; a figure that it replaces without a
     * reason is wrong.
     */
    Result load(Kind kind, byte[] file, Loading loading);

    /** Loads a file that replaces no figure. */
    default Result load(Kind kind, byte[] file, String username) {
        return load(kind, file, new Loading("", "", username));
    }
}
