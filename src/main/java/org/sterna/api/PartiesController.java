package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;

@RestController
@Tag(name = OpenApi.CATALOGUE)
class PartiesController {

    private final Parties parties;

    PartiesController(Parties parties) {
        this.parties = parties;
    }

    @Schema(name = "Party", description = "A Party to the Convention")
    record PartyEntry(
            @Schema(description = "ISO 3166-1 alpha-3 code; EUE for the European Union", example = "CHE")
            String code,

            @Schema(description = "Name in the three languages")
            Texts name,

            @Schema(description = "Region for the Standing Committee", example = "europe")
            String region,

            @Schema(description = "Language of correspondence", example = "fr")
            String language,

            @Schema(description = "Whether the National Focal Point is confirmed by an accepted letter")
            boolean nominationConfirmed) {}

    @GetMapping(path = "/api/v1/parties", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List the Parties", description = "All Parties, ordered by code.")
    List<PartyEntry> list() {
        Set<String> unconfirmed =
                parties.withoutConfirmed(SeatRole.NFP).stream().map(Party::code).collect(Collectors.toSet());
        return parties.all().stream()
                .map(party -> new PartyEntry(
                        party.code(),
                        Texts.of(party),
                        party.region().code(),
                        party.language().getLanguage(),
                        !unconfirmed.contains(party.code())))
                .toList();
    }
}
