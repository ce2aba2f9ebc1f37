package org.sterna.secretariat;

import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    private static final double NARROWEST = 9;
    private static final double WIDEST = 46;

    private final CsvMapper csv = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();
    private final ITemplateEngine templates;

    Sheets(ITemplateEngine templates) {
        this.templates = templates;
    }

    byte[] write(Sheet sheet, Format format, Locale reader) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            switch (format) {
                case CSV -> writeCsv(sheet, file);
                case XLSX -> writeXlsx(sheet, file);
                case PDF -> writePdf(sheet, file, reader);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return file.toByteArray();
    }

    private void writeCsv(Sheet sheet, OutputStream file) throws IOException {
        CsvSchema lines = CsvSchema.emptySchema().withLineSeparator("\r\n");
        List<List<String>> all = new ArrayList<>();
        all.add(sheet.headers().stream().map(Sheets::harmless).toList());
        sheet.rows()
                .forEach(row -> all.add(row.stream()
                        .map(value -> value == null
                                ? ""
                                : value instanceof String text ? harmless(text) : String.valueOf(value))
                        .toList()));
        file.write("\ufeff".getBytes(StandardCharsets.UTF_8));
        file.write(csv.writer(lines).writeValueAsString(all).getBytes(StandardCharsets.UTF_8));
    }

    /** The text with an apostrophe where a spreadsheet would calculate it. */
    static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static void writeXlsx(Sheet sheet, OutputStream file) throws IOException {
        try (Workbook book = new Workbook(file, "Sterna", null)) {
            Worksheet page = book.newWorksheet("Sterna");
            for (int column = 0; column < sheet.headers().size(); column++) {
                page.value(0, column, sheet.headers().get(column));
                page.width(column, width(sheet, column));
            }
            page.range(0, 0, 0, sheet.headers().size() - 1).style().bold().set();
            page.freezePane(1, 1);
            if (!sheet.rows().isEmpty()) {
                page.setAutoFilter(0, 0, sheet.rows().size(), sheet.headers().size() - 1);
            }
            for (int row = 0; row < sheet.rows().size(); row++) {
                List<@Nullable Object> values = sheet.rows().get(row);
                for (int column = 0; column < values.size(); column++) {
                    write(page, row + 1, column, values.get(column));
                }
            }
        }
    }

    private static double width(Sheet sheet, int column) {
        int longest = sheet.rows().stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .mapToInt(value -> String.valueOf(value).length())
                .max()
                .orElse(0);
        return Math.max(
                NARROWEST, Math.min(WIDEST, Math.max(sheet.headers().get(column).length(), longest) + 2));
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

    private void writePdf(Sheet sheet, OutputStream file, Locale reader) throws IOException {
        Context words = new Context(reader);
        words.setVariable("sheet", sheet);
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
