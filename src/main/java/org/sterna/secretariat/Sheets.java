package org.sterna.secretariat;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Writes lists as files. What a spreadsheet could take for a formula stays text: in CSV it gets an apostrophe before
 * it, in XLSX it is typed as text.
 */
@Component
class Sheets {

    /** How a list is written. */
    enum Format {
        /** As RFC 4180 has it, in UTF-8 with a byte order mark, without which Excel reads it as something else. */
        CSV(new MediaType("text", "csv", StandardCharsets.UTF_8)),
        XLSX(new MediaType("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        /** Tagged for screen readers (PDF/UA), with its letters inside. */
        PDF(MediaType.APPLICATION_PDF);

        private final MediaType type;

        Format(MediaType type) {
            this.type = type;
        }

        MediaType type() {
            return type;
        }

        /** The ending of the file's name. */
        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

    /** More columns than an A4 page has room for. */
    private static final int WIDE = 9;

    /** More lines than anybody prints; laying them out takes memory for all of them. */
    static final int MOST_PRINTED = 5000;

    /** As many rows as a sheet of a workbook may have under its headers; the rest goes to further sheets. */
    private static final int MOST_ON_SHEET = 1_048_575;

    /** Lines by which the width of the columns is judged, and that are held before they are written. */
    private static final int AT_ONCE = 1000;

    private static final double NARROWEST = 9;
    private static final double WIDEST = 46;

    private final CsvMapper csv = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();
    private final ITemplateEngine templates;

    Sheets(ITemplateEngine templates) {
        this.templates = templates;
    }

    void write(Sheet sheet, Format format, Locale reader, OutputStream file) {
        try {
            switch (format) {
                case CSV -> writeCsv(sheet, file);
                case XLSX -> new XlsxWriter(sheet, file, MOST_ON_SHEET).write();
                case PDF -> writePdf(sheet, file, reader);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void writeCsv(Sheet sheet, OutputStream file) throws IOException {
        file.write("\ufeff".getBytes(StandardCharsets.UTF_8));
        try (SequenceWriter lines = csv.writer(CsvSchema.emptySchema().withLineSeparator("\r\n"))
                .writeValues(new OutputStreamWriter(file, StandardCharsets.UTF_8))) {
            lines.write(sheet.headers().stream().map(Sheets::harmless).toList());
            each(
                    sheet.lines(),
                    line -> lines.write(line.stream()
                            .map(value -> value == null
                                    ? ""
                                    : value instanceof String text ? harmless(text) : String.valueOf(value))
                            .toList()));
        }
    }

    /** What is done with a line. */
    @FunctionalInterface
    private interface Use {
        void of(List<@Nullable Object> line) throws IOException;
    }

    private static void each(Sheet.Lines lines, Use use) throws IOException {
        try {
            lines.each(line -> {
                try {
                    use.of(line);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The text with an apostrophe where a spreadsheet would calculate it. */
    static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** Writes a workbook as its lines are read; of what is written nothing is held. */
    static final class XlsxWriter {

        private final Sheet sheet;
        private final int mostOnSheet;
        private final Workbook book;
        private final List<List<@Nullable Object>> held = new ArrayList<>();
        private @Nullable Worksheet page;
        private int sheets;
        private int rows;

        XlsxWriter(Sheet sheet, OutputStream file, int mostOnSheet) {
            this.sheet = sheet;
            this.mostOnSheet = mostOnSheet;
            this.book = new Workbook(file, "Sterna", null);
        }

        void write() throws IOException {
            try (book) {
                each(sheet.lines(), line -> {
                    held.add(line);
                    if (held.size() == AT_ONCE) {
                        release();
                    }
                });
                if (page == null || !held.isEmpty()) {
                    release();
                }
                end();
            }
        }

        private void release() throws IOException {
            for (List<@Nullable Object> line : held) {
                if (page == null || rows == mostOnSheet) {
                    begin();
                }
                rows++;
                for (int column = 0; column < line.size(); column++) {
                    write(page, rows, column, line.get(column));
                }
            }
            if (page == null) {
                begin();
            }
            held.clear();
            page.flush();
        }

        private void begin() throws IOException {
            end();
            sheets++;
            rows = 0;
            page = book.newWorksheet(sheets == 1 ? "Sterna" : "Sterna " + sheets);
            for (int column = 0; column < sheet.headers().size(); column++) {
                page.value(0, column, sheet.headers().get(column));
                page.width(column, width(column));
            }
            page.range(0, 0, 0, sheet.headers().size() - 1).style().bold().set();
            page.freezePane(1, 1);
        }

        private void end() throws IOException {
            if (page != null) {
                if (rows > 0) {
                    page.setAutoFilter(0, 0, rows, sheet.headers().size() - 1);
                }
                page.finish();
            }
        }

        private double width(int column) {
            int longest = held.stream()
                    .map(line -> line.get(column))
                    .filter(Objects::nonNull)
                    .mapToInt(value -> String.valueOf(value).length())
                    .max()
                    .orElse(0);
            return Math.max(
                    NARROWEST,
                    Math.min(WIDEST, Math.max(sheet.headers().get(column).length(), longest) + 2));
        }

        private static void write(Worksheet page, int row, int column, @Nullable Object value) {
            if (value instanceof LocalDate day) {
                page.value(row, column, day);
                page.style(row, column).format("yyyy-mm-dd").set();
            } else if (value instanceof LocalDateTime moment) {
                page.value(row, column, moment);
                page.style(row, column).format("yyyy-mm-dd hh:mm").set();
            } else if (value instanceof Number number) {
                page.value(row, column, number);
            } else if (value != null) {
                page.value(row, column, String.valueOf(value));
            }
        }
    }

    private void writePdf(Sheet sheet, OutputStream file, Locale reader) throws IOException {
        Context words = new Context(reader);
        List<List<@Nullable Object>> printed = new ArrayList<>();
        boolean[] cut = new boolean[1];
        sheet.lines().each(line -> {
            cut[0] = printed.size() == MOST_PRINTED;
            return !cut[0] && printed.add(line);
        });
        words.setVariable("sheet", sheet);
        words.setVariable("rows", printed);
        words.setVariable("cut", cut[0]);
        words.setVariable("wide", sheet.headers().size() > WIDE);
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.usePdfUaAccessibility(true);
        builder.useFont(() -> font("DejaVuSans.ttf"), "DejaVu Sans", 400, BaseRendererBuilder.FontStyle.NORMAL, true);
        builder.useFont(
                () -> font("DejaVuSans-Bold.ttf"), "DejaVu Sans", 700, BaseRendererBuilder.FontStyle.NORMAL, true);
        builder.withProducer("Sterna");
        builder.withHtmlContent(templates.process("exports/sheet", words), null);
        builder.toStream(file);
        builder.run();
    }

    private static InputStream font(String name) {
        return Objects.requireNonNull(Sheets.class.getResourceAsStream(FONTS + name), name);
    }
}
