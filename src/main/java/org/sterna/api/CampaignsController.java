package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Exemption;
import org.sterna.campaigns.Preview;
import org.sterna.register.Account;
import org.sterna.register.Holder;

@RestController
@RequestMapping(path = "/api/v1/campaigns", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.CAMPAIGNS)
class CampaignsController {

    private final Campaigns campaigns;
    private final CampaignCases cases;

    CampaignsController(Campaigns campaigns, CampaignCases cases) {
        this.campaigns = campaigns;
        this.cases = cases;
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
            List<@Nullable String> parties,

            @Schema(
                    description =
                            "Why it is opened although the preview says late, 10 to 1000 characters; kept with the"
                                    + " campaign",
                    nullable = true)
            @Nullable
            String lateReason) {}

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
            int already,

            @Schema(description = "Parties asked for besides, that the duty does not bind and that were left out")
            int notBound,

            @Schema(description = "Why it was opened although it was over", nullable = true) @Nullable
            String lateReason) {

        static CampaignView of(Campaigns.Campaign campaign) {
            return new CampaignView(
                    campaign.id(),
                    campaign.duty(),
                    campaign.occasion(),
                    campaign.openedBy(),
                    campaign.openedAt(),
                    campaign.total(),
                    campaign.opened(),
                    campaign.already(),
                    campaign.notBound(),
                    campaign.lateReason());
        }
    }

    @Schema(name = "CampaignPreview", description = "What opening a duty would do now; nothing was written")
    record PreviewView(
            @Schema(example = "nomination-confirmation") String duty,
            @Schema(example = "2026-11") String occasion,

            @Schema(description = "Cases that would be opened")
            int opens,

            @Schema(description = "Parties that have the obligation already and keep it")
            int already,

            @Schema(description = "Parties that are exempted and left out")
            int exempted,

            @Schema(description = "Parties that the duty does not bind and that are left out")
            int notBound,

            @Schema(description = "Why opening it needs a lateReason; none if it does not", nullable = true) @Nullable
            LateView late,

            @Schema(description = "Notices that would be written at once")
            long mails,

            @Schema(description = "The same by language", example = "{\"en\": 40, \"es\": 20}")
            Map<String, Long> mailsByLanguage,

            @Schema(description = "Ordered by code") List<PreviewLine> parties) {

        static PreviewView of(Preview preview) {
            return new PreviewView(
                    preview.duty(),
                    preview.occasion(),
                    preview.with(Preview.Fate.OPENS).size(),
                    preview.with(Preview.Fate.ALREADY).size(),
                    preview.with(Preview.Fate.EXEMPTED).size(),
                    preview.with(Preview.Fate.NOT_BOUND).size(),
                    LateView.of(preview.late()),
                    preview.mailCount(),
                    preview.mailsByLanguage(),
                    preview.lines().stream().map(PreviewLine::of).toList());
        }
    }

    @Schema(name = "LateOpening", description = "That it is late for opening the duty")
    record LateView(
            @Schema(
                    description = "meeting-over (the duty was owed before) or deadlines-past (every one of them)",
                    example = "meeting-over")
            String kind,

            @Schema(description = "Last day of the meeting, or of the last deadline")
            LocalDate since) {

        static @Nullable LateView of(Preview.@Nullable Late late) {
            return late == null ? null : new LateView(late.kind().code(), late.since());
        }
    }

    @Schema(name = "CampaignPreviewParty")
    record PreviewLine(
            @Schema(example = "CHE") String party,

            @Schema(description = "opens, already, exempted or not-bound", example = "opens")
            String fate,

            @Schema(description = "Why it is exempted", nullable = true) @Nullable
            String reason,

            @Schema(description = "By name, due for the main one; without those that cannot be known yet")
            Map<String, Views.DeadlineView> deadlines,

            @Schema(description = "Who would get the first notice")
            List<MailView> mails,

            @Schema(description = "Seats that have work in this duty and nobody in office")
            List<VacancyView> vacancies,

            @Schema(description = "Whether nobody at all could be told")
            boolean unreachable) {

        static PreviewLine of(Preview.Line line) {
            Map<String, Views.DeadlineView> deadlines = new LinkedHashMap<>();
            line.deadlines().forEach((name, deadline) -> deadlines.put(name, Views.DeadlineView.of(deadline)));
            return new PreviewLine(
                    line.party().code(),
                    line.fate().code(),
                    line.reason(),
                    deadlines,
                    line.mails().stream().map(MailView::of).toList(),
                    line.vacancies().stream().map(VacancyView::of).toList(),
                    line.unreachable());
        }
    }

    @Schema(name = "CampaignPreviewMail")
    record MailView(
            @Schema(description = "The seat written to", example = "nfp-CHE")
            String seat,

            @Schema(description = "Whom it would reach") String name,
            String email,
            @Schema(example = "fr") String language,

            @Schema(description = "Whether it is a copy") boolean copy,

            @Schema(description = "Whether there is an address from which no mail came back")
            boolean reachable) {

        static MailView of(Preview.Mail mail) {
            return new MailView(
                    mail.seatCode(),
                    mail.holder().name(),
                    mail.holder().email(),
                    mail.holder().language().getLanguage(),
                    mail.copy(),
                    mail.reachable());
        }
    }

    @Schema(name = "VacantSeat")
    record VacancyView(
            @Schema(example = "min-CHE") String seat,

            @Schema(description = "Seats that get its work instead; none if nobody does", example = "[\"nfp-CHE\"]")
            List<String> workGoesTo) {

        static VacancyView of(Preview.Vacancy vacancy) {
            return new VacancyView(
                    vacancy.seatCode(),
                    vacancy.workGoesTo().stream()
                            .map(Holder::seatCode)
                            .distinct()
                            .toList());
        }
    }

    @Schema(name = "CampaignParty")
    record PartyRequest(
            @Schema(description = "Code of the Party", example = "KEN", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String party,

            @Schema(
                    description =
                            "Why it is opened although the preview says late, 10 to 1000 characters; kept with the"
                                    + " campaign",
                    nullable = true)
            @Nullable
            String lateReason) {}

    @Schema(name = "ExemptionRequest")
    record ExemptionRequest(
            @Schema(description = "Code of the Party", example = "KEN", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String party,

            @Schema(
                    description = "10 to 1000 characters; kept, and told to a Party that is excused",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String reason) {}

    @Schema(name = "Exemption")
    record ExemptionView(
            @Schema(example = "KEN") String party,
            String reason,
            @Schema(description = "User name") String by,
            @Schema(description = "UTC") Instant at) {

        static ExemptionView of(Exemption exemption) {
            return new ExemptionView(exemption.partyCode(), exemption.reason(), exemption.by(), exemption.at());
        }
    }

    @Schema(name = "CampaignFailure", description = "An automatic act of a case that went wrong")
    record FailureView(
            @Schema(example = "KEN") String party,

            @Schema(description = "Whether the case could not be started at all")
            boolean atStart,

            @Schema(description = "Whether it waits for somebody to have it tried again")
            boolean stopped,

            @Schema(description = "When it is tried again by itself, UTC", nullable = true) @Nullable
            Instant again) {

        static FailureView of(CampaignCases.Failure failure) {
            return new FailureView(failure.partyCode(), failure.atStart(), failure.stopped(), failure.again());
        }
    }

    @Schema(name = "CampaignRetry")
    record RetryRequest(
            @Schema(
                    description = "Codes of the Parties whose cases are tried again",
                    example = "[\"KEN\"]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable String> parties) {}

    @Schema(name = "CampaignRetried")
    record RetriedView(
            @Schema(description = "Acts that are tried again")
            int retried) {}

    @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "See what opening a duty would do",
            description = "For the Secretariat. Writes nothing: how many cases and mails, in which languages, to whom;"
                    + " which seats are vacant and who cannot be reached.")
    PreviewView preview(@RequestBody CampaignRequest request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        check(request);
        return PreviewView.of(campaigns.preview(request.duty(), request.occasion(), request.parties()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", description = "Entered in the ledger; Location leads to the progress")
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Open a duty for Parties",
            description =
                    "For the Secretariat. Safe to repeat: a Party that has the obligation keeps it. Parties that the"
                            + " duty does not bind for the occasion are left out and counted in notBound. What is late, as the"
                            + " preview says, needs a lateReason. The cases start in the background.")
    ResponseEntity<CampaignView> open(@RequestBody CampaignRequest request, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        check(request);
        Campaigns.Campaign opened = campaigns.open(
                request.duty(), request.occasion(), request.parties(), request.lateReason(), caller.username());
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

    @PostMapping(path = "/{id}/parties", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Add a Party to a campaign",
            description = "For the Secretariat. Opens the duty for one more Party, with the deadline that holds now.")
    CampaignView add(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id,
            @RequestBody PartyRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        campaign(id);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("party", request.party(), faults);
        Refusal.ifAny(faults);
        return CampaignView.of(Renamed.field(
                "parties", "party", () -> campaigns.add(id, request.party(), request.lateReason(), caller.username())));
    }

    @GetMapping("/{id}/exemptions")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "List who is exempted",
            description = "For the Secretariat. The Parties exempted from the campaign's occasion, ordered by code.")
    List<ExemptionView> exemptions(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        return exemptions(campaign(id));
    }

    @PostMapping(path = "/{id}/exemptions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "The exemption as it is kept")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Exempt a Party",
            description =
                    "For the Secretariat. The Party is left out when the occasion is opened, and excused if it has"
                            + " been.")
    ExemptionView exempt(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id,
            @RequestBody ExemptionRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Campaigns.Campaign campaign = campaign(id);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("party", request.party(), faults);
        Refusal.require("reason", request.reason(), faults);
        Refusal.ifAny(faults);
        return ExemptionView.of(Renamed.field(
                "parties",
                "party",
                () -> campaigns.exempt(
                        campaign.duty(), campaign.occasion(), request.party(), request.reason(), caller.username())));
    }

    @DeleteMapping("/{id}/exemptions/{party}")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Take an exemption back",
            description =
                    "For the Secretariat. A case that was ended stays so. Answers with the exemptions that remain.")
    List<ExemptionView> lift(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id,
            @Parameter(description = "Code of the Party", example = "KEN") @PathVariable String party,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Campaigns.Campaign campaign = campaign(id);
        campaigns.lift(campaign.duty(), campaign.occasion(), party, caller.username());
        return exemptions(campaign);
    }

    @GetMapping("/{id}/failures")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "List what went wrong at single Parties",
            description = "For the Secretariat. What was not put right yet; the other Parties' cases go on.")
    List<FailureView> failures(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Campaigns.Campaign campaign = campaign(id);
        return cases.failures(campaign.duty(), campaign.occasion()).stream()
                .map(FailureView::of)
                .toList();
    }

    @PostMapping(path = "/{id}/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Have what went wrong tried again",
            description = "For the Secretariat. At once, for the Parties named.")
    RetriedView retry(
            @Parameter(description = "Id of the campaign") @PathVariable UUID id,
            @RequestBody RetryRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Campaigns.Campaign campaign = campaign(id);
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("parties", request.parties(), faults);
        Refusal.ifAny(faults);
        return new RetriedView(cases.retry(campaign.duty(), campaign.occasion(), request.parties()));
    }

    private Campaigns.Campaign campaign(UUID id) {
        return campaigns.find(id).orElseThrow(Refusal::notFound);
    }

    private List<ExemptionView> exemptions(Campaigns.Campaign campaign) {
        return campaigns.exemptions(campaign.duty(), campaign.occasion()).stream()
                .map(ExemptionView::of)
                .toList();
    }

    private static void check(CampaignRequest request) {
        List<Refusal.Fault> faults = new ArrayList<>();
        Refusal.require("duty", request.duty(), faults);
        Refusal.require("occasion", request.occasion(), faults);
        Refusal.requireEach("parties", request.parties(), faults);
        Refusal.ifAny(faults);
    }
}
