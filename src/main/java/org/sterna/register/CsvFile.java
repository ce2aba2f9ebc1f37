package org.sterna.register;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sterna.register.Imports.Fault;

/** The lines of a file with values by column, and what is wrong with it as a file. */
final class CsvFile {

    private static final int MOST_LINES = 5000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A line's values by column, stripped. */
    record Row(int number, Map<String, String> values) {

        String value(String column) {
            return values.getOrDefault(column, "");
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Imports.Kind kind;
    private final MoneySentences sentences;
    private boolean semicolons;

    private CsvFile(Imports.Kind kind, MoneySentences sentences) {
        this.kind = kind;
        this.sentences = sentences;
    }

    static CsvFile read(Imports.Kind kind, byte[] bytes, MoneySentences sentences) {
        CsvFile file = new CsvFile(kind, sentences);
        if (bytes.length > Imports.LARGEST) {
            file.fault(1, "import.too-large", Imports.LARGEST / 1024);
            return file;
        }
        String text = decoded(bytes);
        if (text == null) {
            file.fault(1, "import.not-utf8");
        } else {
            file.parse(text);
        }
        return file;
    }

    List<Row> rows() {
        return rows;
    }

    /** Whether semicolons separate the values, as where a comma stands before decimals. */
    boolean semicolons() {
        return semicolons;
    }

    List<Fault> faults() {
        return faults;
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException otherCharset) {
            return null;
        }
    }

    private void parse(String text) {
        String first = text.lines().findFirst().orElse("");
        char separator = first.contains(";") && !first.contains(",") ? ';' : ',';
        semicolons = separator == ';';
        List<String> header = null;
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            List<String> cells = new ArrayList<>();
            int end = record(text, at, separator, cells);
            if (end < 0) {
                fault(line, "import.malformed");
                return;
            }
            if (header == null) {
                header = header(cells);
                if (!faults.isEmpty()) {
                    return;
                }
            } else if (!cells.stream().allMatch(String::isBlank)) {
                row(line, header, cells);
            }
            if (rows.size() > MOST_LINES) {
                fault(line, "import.too-many", MOST_LINES);
                return;
            }
            line += (int)
                    text.substring(at, end).chars().filter(one -> one == '\n').count();
            at = end;
        }
        if (rows.isEmpty() && faults.isEmpty()) {
            fault(1, "import.empty", String.join(", ", kind.columns()));
        }
    }

    /**
     * Reads the values of the record that begins there (RFC 4180).
     *
     * @return where the next one begins; negative if its quotation marks do not fit
     */
    private static int record(String text, int from, char separator, List<String> cells) {
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        int at = from;
        for (; at < text.length(); at++) {
            char one = text.charAt(at);
            if (quoted) {
                if (one != '"') {
                    cell.append(one);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append(text.charAt(++at));
                } else {
                    quoted = false;
                    closed = true;
                }
            } else if (one == separator || one == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                closed = false;
                if (one == '\n') {
                    return at + 1;
                }
            } else if (one == '"') {
                if (closed || !cell.toString().isBlank()) {
                    return -1;
                }
                cell.setLength(0);
                quoted = true;
            } else if (!closed) {
                cell.append(one);
            } else if (!Character.isWhitespace(one)) {
                return -1;
            }
        }
        cells.add(cell.toString());
        return quoted ? -1 : at;
    }

    private List<String> header(List<String> cells) {
        List<String> header = new ArrayList<>();
        for (String cell : cells) {
            header.add(cell.strip().toLowerCase(Locale.ROOT));
        }
        if (!new TreeSet<>(header).equals(new TreeSet<>(kind.columns()))
                || header.size() != kind.columns().size()) {
            fault(1, "import.header", String.join(", ", kind.columns()));
        }
        return header;
    }

    private void row(int line, List<String> header, List<String> cells) {
        if (cells.size() != header.size()) {
            fault(line, "import.cells", header.size(), cells.size());
            return;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            values.put(header.get(i), cells.get(i).strip());
        }
        rows.add(new Row(line, values));
    }

    private void fault(int line, String key, Object... arguments) {
        faults.add(new Fault(line, "file", sentences.say(key, arguments)));
    }
}
