package org.sterna.access;

import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page that is not ours in which language the others are: {@code en}, {@code fr} or {@code es}. */
@RestController
class LanguageController {

    @GetMapping(path = "/language", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> language(Locale reader) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(reader.getLanguage());
    }
}
