package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Lists as files: what a spreadsheet and a reader make of them. */
class SheetsTests {

    @TempDir
    Path folder;

    private final Sheets sheets = new Sheets(templates());

    private static SpringTemplateEngine templates() {
        ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver();
        files.setPrefix("templates/");
        files.setSuffix(".html");
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("messages/dashboards");
        words.setDefaultEncoding("UTF-8");
        SpringTemplateEngine templates = new SpringTemplateEngine();
        templates.setTemplateEngineMessageSource(words);
        templates.setTemplateResolver(files);
        return templates;
    }

    @SafeVarargs
    private static Sheet sheet(List<@Nullable Object>... rows) {
        return new Sheet(
                "list", "Matrix & more", List.of("As of today"), List.of("Party", "Day", "Days"), List.of(rows));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private String text(Sheet sheet) {
        return new String(bytes(sheet, Sheets.Format.CSV, Locale.ENGLISH), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Sheet sheet, Sheets.Format format, Locale reader) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        sheets.write(sheet, format, reader, file);
        return file.toByteArray();
    }

    /** Numbered lines as they would be read, one after the other while they are wanted. */
    private static Sheet counting(int lines) {
        return new Sheet("list", "Numbers", List.of(), List.of("Number"), wanted -> IntStream.rangeClosed(1, lines)
                .mapToObj(number -> row(number))
                .allMatch(wanted));
    }

    @Test
    void writesCsvAsRfc4180HasIt() {
        assertThat(text(sheet(
                        row("Côte d’Ivoire", LocalDate.of(2026, 3, 31), -5L),
                        row("Bolivia, \"Plurinational\"\nState of", null, 12))))
                .isEqualTo("\ufeffParty,Day,Days\r\n"
                        + "Côte d’Ivoire,2026-03-31,-5\r\n"
                        + "\"Bolivia, \"\"Plurinational\"\"\nState of\",,12\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=HYPERLINK(\"http://x\")"})
    void writesNothingThatASpreadsheetCalculates(String text) throws IOException {
        assertThat(text(sheet(row(text, null, null)))).contains("'" + text.charAt(0));
        assertThat(part("xl/worksheets/sheet1.xml", sheet(row(text, null, null))))
                .doesNotContain("<f>");
    }

    private String part(String name, Sheet sheet) throws IOException {
        Path file = Files.write(
                folder.resolve(UUID.randomUUID() + ".xlsx"), bytes(sheet, Sheets.Format.XLSX, Locale.ENGLISH));
        try (ZipFile parts = new ZipFile(file.toFile())) {
            return new String(parts.getInputStream(parts.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void typesTheCellsOfAWorkbook() throws IOException {
        Sheet sheet = sheet(row("Suisse", LocalDate.of(2026, 3, 31), -5L), row("=1+1", null, 12));

        String cells = part("xl/worksheets/sheet1.xml", sheet);
        // 31 March 2026 as spreadsheets count days
        assertThat(cells).contains("<v>46112").contains("<v>-5</v>").contains("<v>12</v>");
        assertThat(cells).containsPattern("r=\"A2\"[^>]* t=\"s\"");
        assertThat(part("xl/sharedStrings.xml", sheet)).contains("Suisse").contains("=1+1");
    }

    @Test
    void writesATaggedPdfWithTheLettersOfAllNames() throws IOException {
        byte[] file = bytes(
                sheet(row("Türkiye, São Tomé, España, Œuvre ✓ ● ◆ ○ × –", LocalDate.of(2026, 3, 31), 4)),
                Sheets.Format.PDF,
                Locale.FRENCH);

        try (PDDocument pdf = Loader.loadPDF(file)) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Matrix & more")
                    .contains("As of today")
                    .contains("Türkiye, São Tomé, España, Œuvre ✓ ● ◆ ○ × –")
                    .contains("2026-03-31");
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Matrix & more");
        }
    }

    @Test
    void holdsAllLinesHoweverMany() throws IOException {
        assertThat(text(counting(2500)).lines()).hasSize(2501).endsWith("2500");
        assertThat(part("xl/worksheets/sheet1.xml", counting(2500)))
                .contains("<row r=\"2501\"")
                .contains("<v>2500</v>")
                .contains("ref=\"A1:A2501\"");
        assertThat(text(counting(0))).isEqualTo("\ufeffNumber\r\n");
        assertThat(part("xl/worksheets/sheet1.xml", counting(0)))
                .contains("<row r=\"1\"")
                .doesNotContain("<row r=\"2\"");
    }

    @Test
    void goesOnOnAnotherSheetWhereOneIsFull() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new Sheets.XlsxWriter(counting(25), written, 10).write();
        Path file = Files.write(folder.resolve("many.xlsx"), written.toByteArray());

        try (ZipFile parts = new ZipFile(file.toFile())) {
            assertThat(parts.stream().filter(part -> part.getName().startsWith("xl/worksheets/sheet")))
                    .hasSize(3);
            String last = new String(
                    parts.getInputStream(parts.getEntry("xl/worksheets/sheet3.xml"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(last).contains("<v>21</v>").contains("<v>25</v>").contains("ref=\"A1:A6\"");
        }
    }

    @Test
    void saysInThePdfWhereItEndsBeforeTheList() throws IOException {
        try (PDDocument pdf =
                Loader.loadPDF(bytes(counting(Sheets.MOST_PRINTED + 1), Sheets.Format.PDF, Locale.FRENCH))) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .containsPattern("Les 5\\W000 premières lignes")
                    .contains("" + Sheets.MOST_PRINTED)
                    .doesNotContain("" + (Sheets.MOST_PRINTED + 1));
        }
        try (PDDocument pdf = Loader.loadPDF(bytes(counting(3), Sheets.Format.PDF, Locale.FRENCH))) {
            assertThat(new PDFTextStripper().getText(pdf)).doesNotContain("premières lignes");
        }
    }
}
