package org.sterna.secretariat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.sterna.pages.Wording;
import org.sterna.register.Party;

/** Hands a list out as the file that was asked for. */
@Component
class Exports {

    private final Sheets sheets;
    private final Wording wording;

    Exports(Sheets sheets, Wording wording) {
        this.sheets = sheets;
        this.wording = wording;
    }

    /**
     * The format with this ending.
     *
     * @throws NothingHere if there is none
     */
    static Sheets.Format format(String ending) {
        return Arrays.stream(Sheets.Format.values())
                .filter(format -> format.ending().equals(ending))
                .findFirst()
                .orElseThrow(NothingHere::new);
    }

    /**
     * The list as a file whose name tells the list and the day. It is written whole before the first of it is sent: a
     * slow line keeps no connection to the database, and no file ends in the middle because something failed.
     *
     * @throws NothingHere if there is no format with this ending; the list is not made then
     */
    ResponseEntity<Resource> answer(String ending, Locale reader, Function<Sheets.Format, Sheet> list) {
        Sheets.Format format = format(ending);
        Sheet sheet = list.apply(format);
        try {
            Path file = Files.createTempFile("sterna-", "." + format.ending());
            try {
                try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(file))) {
                    sheets.write(sheet, format, reader, target);
                }
                return ResponseEntity.ok()
                        .contentType(format.type())
                        .contentLength(Files.size(file))
                        .cacheControl(CacheControl.noStore())
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("sterna-" + sheet.name() + "-" + wording.today() + "."
                                                + format.ending())
                                        .build()
                                        .toString())
                        .body(new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A list of this moment; the headers are keys of messages. */
    Sheet sheet(String name, String title, List<String> headers, List<List<@Nullable Object>> lines, Locale reader) {
        return sheet(
                name, title, headers, (Sheet.Lines) wanted -> lines.stream().allMatch(wanted), reader);
    }

    /** A list of this moment whose lines are read as they are written; the headers are keys of messages. */
    Sheet sheet(String name, String title, List<String> headers, Sheet.Lines lines, Locale reader) {
        return new Sheet(
                name,
                title,
                asOf(reader),
                headers.stream().map(key -> wording.text(key, reader)).toList(),
                lines);
    }

    /** The moment as a clock in Bonn shows it, which is what the columns' headers say; null for null. */
    static @Nullable LocalDateTime inBonn(@Nullable Instant moment) {
        return moment == null
                ? null
                : LocalDateTime.ofInstant(moment, Party.BONN).truncatedTo(ChronoUnit.MINUTES);
    }

    /** When the list was made. */
    List<String> asOf(Locale reader) {
        return List.of(wording.text("export.as-of", reader, wording.moment(wording.now(), reader)));
    }
}
