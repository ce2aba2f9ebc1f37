package org.sterna.secretariat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
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

    /** More lines than a spreadsheet is still of use with. */
    static final int MOST = 20_000;

    /** As many lines as can be read at once. */
    static final int PAGE = 500;

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
     * The list as a file whose name tells the list and the day.
     *
     * @throws NothingHere if there is no format with this ending; the list is not made then
     */
    ResponseEntity<byte[]> answer(String ending, Locale reader, Function<Sheets.Format, Sheet> list) {
        Sheets.Format format = format(ending);
        Sheet sheet = list.apply(format);
        return ResponseEntity.ok()
                .contentType(format.type())
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("sterna-" + sheet.name() + "-" + wording.today() + "." + format.ending())
                                .build()
                                .toString())
                .body(sheets.write(sheet, format, reader));
    }

    /** Reads a list page by page, as far as a file holds it. */
    static <T> void read(IntFunction<List<T>> page, Consumer<T> line) {
        for (int number = 0; number * PAGE < MOST; number++) {
            List<T> lines = page.apply(number);
            lines.forEach(line);
            if (lines.size() < PAGE) {
                return;
            }
        }
    }

    /** A list of this moment; the headers are keys of messages. */
    Sheet sheet(String name, String title, List<String> headers, List<List<@Nullable Object>> rows, Locale reader) {
        return new Sheet(
                name,
                title,
                asOf(reader),
                headers.stream().map(key -> wording.text(key, reader)).toList(),
                rows);
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
