package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.campaigns.Campaigns;
import org.sterna.register.Account;

@RestController
@RequestMapping(path = "/api/v1/campaigns", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.CAMPAIGNS)
class CampaignsController {

    private final Campaigns campaigns;

    CampaignsController(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    @Schema(name = "CampaignRequest")
    record CampaignRequest(
            @Schema(
                    description = "Key of the duty to open",
                    example = "nomination-confirmation",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String duty,

            @Schema(
                    description = "What it is opened for",
                    example = "2026-11",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String occasion,

            @Schema(
                    description = "Codes of the Parties; repeated codes count once",
                    example = "[\"CHE\", \"KEN\"]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable String> parties) {}

    @Schema(name = "Campaign", description = "A duty opened for an occasion, with its progress")
    record CampaignView(
            UUID id,
            @Schema(example = "nomination-confirmation") String duty,
            @Schema(example = "2026-11") String occasion,
            @Schema(description = "User name") String openedBy,
            @Schema(description = "UTC") Instant openedAt,
            @Schema(description = "Parties asked for") int total,

            @Schema(description = "Those of them whose case has started")
            int opened,

            @Schema(description = "Those of them that had the obligation before this campaign")
            int already) {

        static CampaignView of(Campaigns.Campaign campaign) {
            return new CampaignView(
                    campaign.id(),
                    campaign.duty(),
                    campaign.occasion(),
                    campaign.openedBy(),
                    campaign.openedAt(),
                    campaign.total(),
                    campaign.opened(),
                    campaign.already());
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", description = "Entered in the ledger; Location leads to the progress")
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Open a duty for Parties",
            description = "For the Secretariat. Safe to repeat: a Party that has the obligation keeps it. The cases"
                    + " start in the background.")
    ResponseEntity<CampaignView> open(@RequestBody CampaignRequest request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        List<Refusal.Fault> faults = new ArrayList<>();
        required("duty", request.duty(), faults);
        required("occasion", request.occasion(), faults);
        required("parties", request.parties(), faults);
        for (int i = 0; request.parties() != null && i < request.parties().size(); i++) {
            required("parties[" + i + "]", request.parties().get(i), faults);
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        Campaigns.Campaign opened =
                campaigns.open(request.duty(), request.occasion(), request.parties(), caller.username());
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/campaigns/" + opened.id()))
                .body(CampaignView.of(opened));
    }

    @GetMapping("/{id}")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(summary = "Read the progress of a campaign", description = "For the Secretariat.")
    CampaignView read(@Parameter(description = "Id of the campaign") @PathVariable UUID id, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        return campaigns.find(id).map(CampaignView::of).orElseThrow(Refusal::notFound);
    }

    private static void required(String field, @Nullable Object value, List<Refusal.Fault> faults) {
        if (value == null) {
            faults.add(new Refusal.Fault(field, "api.required"));
        }
    }
}
