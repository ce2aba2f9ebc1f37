package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Exemption;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Preview;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Parties;

/** Opening a duty for Parties, and watching it happen. */
@Controller
class CampaignController {

    private static final int LATEST = 20;

    private final Office office;
    private final Campaigns campaigns;
    private final CampaignCases cases;
    private final Notices notices;
    private final Parties parties;
    private final PreviewLines previews;
    private final Openings openings;
    private final CampaignLines campaignLines;
    private final ObligationLines obligationLines;
    private final Exports exports;
    private final Wording wording;

    CampaignController(
            Office office,
            Campaigns campaigns,
            CampaignCases cases,
            Notices notices,
            Parties parties,
            PreviewLines previews,
            Openings openings,
            CampaignLines campaignLines,
            ObligationLines obligationLines,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.campaigns = campaigns;
        this.cases = cases;
        this.notices = notices;
        this.parties = parties;
        this.previews = previews;
        this.openings = openings;
        this.campaignLines = campaignLines;
        this.obligationLines = obligationLines;
        this.exports = exports;
        this.wording = wording;
    }

    /** Opening writes to many people, so it is shown once more before it is done. */
    @PostMapping("/secretariat/campaigns/check")
    ModelAndView check(
            @RequestParam String duty,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(required = false, defaultValue = "") List<String> parties,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        try {
            fillCheck(duty, occasion, parties, "", Map.of(), reader, model);
        } catch (InvalidCampaign refused) {
            return again(duty, occasion, parties, refused.field(), refused.getMessage(), reader, model);
        }
        return new ModelAndView("secretariat/check", model.asMap());
    }

    private void fillCheck(
            String duty,
            String occasion,
            List<String> parties,
            String lateReason,
            Map<String, String> errors,
            Locale reader,
            Model model) {
        model.addAttribute("preview", previews.tell(campaigns.preview(duty, occasion.strip(), parties), reader));
        model.addAttribute("parties", parties);
        model.addAttribute("lateReason", lateReason);
        model.addAttribute("errors", errors);
        model.addAttribute("gate", notices.gate());
    }

    @PostMapping("/secretariat/campaigns")
    ModelAndView open(
            @RequestParam String duty,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(required = false, defaultValue = "") List<String> parties,
            @RequestParam(defaultValue = "") String lateReason,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        try {
            UUID id = campaigns
                    .open(duty, occasion.strip(), parties, lateReason, member.username())
                    .id();
            return new ModelAndView("redirect:/secretariat/campaigns/" + id);
        } catch (InvalidCampaign refused) {
            if (refused.field().equals("lateReason")) {
                fillCheck(
                        duty, occasion, parties, lateReason, Map.of("lateReason", refused.getMessage()), reader, model);
                return new ModelAndView("secretariat/check", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
            }
            return again(duty, occasion, parties, refused.field(), refused.getMessage(), reader, model);
        }
    }

    private ModelAndView again(
            String duty,
            String occasion,
            List<String> parties,
            String field,
            String error,
            Locale reader,
            Model model) {
        openings.fill(model, duty, occasion, parties, reader);
        model.addAttribute("campaigns", campaignLines.lines(campaigns.latest(LATEST), reader));
        model.addAttribute("errors", Map.of(field.equals("occasion") ? "occasion" : "candidates", error));
        return new ModelAndView("secretariat/campaigns", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @GetMapping({"/secretariat/campaigns", "/secretariat/campaigns/check"})
    String list(
            @RequestParam(required = false) @Nullable String duty,
            @RequestParam(required = false) @Nullable String occasion,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        openings.fill(model, duty, occasion, Set.of(), reader);
        model.addAttribute("campaigns", campaignLines.lines(campaigns.latest(LATEST), reader));
        return "secretariat/campaigns";
    }

    /** The newest, as many as a file holds. */
    @GetMapping("/secretariat/exports/campaigns.{ending}")
    ResponseEntity<Resource> export(@PathVariable String ending, Principal principal, Locale reader) {
        office.member(principal);
        return exports.answer(
                ending,
                reader,
                format -> exports.sheet(
                        "campaigns",
                        wording.text("campaigns.title", reader),
                        List.of(
                                "column.duty",
                                "column.occasion",
                                "column.parties",
                                "column.opened",
                                "column.by",
                                "export.started"),
                        rows(reader),
                        reader));
    }

    private List<List<@Nullable Object>> rows(Locale reader) {
        List<Campaigns.Campaign> all = campaigns.latest(Integer.MAX_VALUE);
        Map<String, String> people = wording.people(
                all.stream().map(Campaigns.Campaign::openedBy).distinct().toList(), reader);
        return all.stream()
                .map(campaign -> Arrays.<@Nullable Object>asList(
                        wording.duty(campaign.duty(), reader),
                        wording.occasion(campaign.occasion()),
                        campaign.total(),
                        campaign.opened(),
                        people.get(campaign.openedBy()),
                        Exports.inBonn(campaign.openedAt())))
                .toList();
    }

    @GetMapping("/secretariat/campaigns/{id}")
    String campaign(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int page,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(NothingHere::new);
        List<CampaignCases.Failure> failures = cases.failures(campaign.duty(), campaign.occasion());
        model.addAttribute("campaign", campaignLines.line(campaign, failures, reader));
        if (part) {
            return "secretariat/campaign :: progress";
        }
        fill(campaign, failures, Math.max(0, page), reader, model);
        return "secretariat/campaign";
    }

    /** What went wrong at some Parties is tried again at once. */
    @PostMapping("/secretariat/campaigns/{id}/retry")
    String retry(
            @PathVariable UUID id,
            @RequestParam(required = false, defaultValue = "") List<String> parties,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        office.member(principal);
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(NothingHere::new);
        int again = cases.retry(campaign.duty(), campaign.occasion(), parties);
        next.addFlashAttribute("done", wording.text("secretariat.campaign.retried", reader, again));
        return "redirect:/secretariat/campaigns/" + id;
    }

    @PostMapping("/secretariat/campaigns/{id}/parties")
    ModelAndView add(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String lateReason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(NothingHere::new);
        try {
            campaigns.add(id, party, lateReason, member.username());
        } catch (InvalidCampaign refused) {
            model.addAttribute(
                    "errors",
                    Map.of(refused.field().equals("lateReason") ? "lateReason" : "add", refused.getMessage()));
            model.addAttribute("lateReason", lateReason);
            model.addAttribute("added", party);
            return refused(campaign, reader, model);
        }
        next.addFlashAttribute(
                "done", wording.text("secretariat.campaign.added", reader, wording.party(party, reader)));
        return new ModelAndView("redirect:/secretariat/campaigns/" + id);
    }

    @PostMapping("/secretariat/campaigns/{id}/exemptions")
    ModelAndView exempt(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(NothingHere::new);
        try {
            campaigns.exempt(campaign.duty(), campaign.occasion(), party, reason, member.username());
        } catch (InvalidCampaign refused) {
            model.addAttribute(
                    "errors", Map.of(refused.field().equals("reason") ? "reason" : "exempt", refused.getMessage()));
            model.addAttribute("exempted", party);
            model.addAttribute("reason", reason);
            return refused(campaign, reader, model);
        }
        next.addFlashAttribute(
                "done", wording.text("secretariat.exemption.done", reader, wording.party(party, reader)));
        return new ModelAndView("redirect:/secretariat/campaigns/" + id);
    }

    @PostMapping("/secretariat/campaigns/{id}/exemptions/lift")
    String lift(
            @PathVariable UUID id,
            @RequestParam String party,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(NothingHere::new);
        campaigns.lift(campaign.duty(), campaign.occasion(), party, member.username());
        next.addFlashAttribute(
                "done", wording.text("secretariat.exemption.lifted", reader, wording.party(party, reader)));
        return "redirect:/secretariat/campaigns/" + id;
    }

    private ModelAndView refused(Campaigns.Campaign campaign, Locale reader, Model model) {
        List<CampaignCases.Failure> failures = cases.failures(campaign.duty(), campaign.occasion());
        model.addAttribute("campaign", campaignLines.line(campaign, failures, reader));
        fill(campaign, failures, 0, reader, model);
        return new ModelAndView("secretariat/campaign", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private void fill(
            Campaigns.Campaign campaign, List<CampaignCases.Failure> failures, int page, Locale reader, Model model) {
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        model.addAttribute("failures", campaignLines.failures(failures, reader));
        List<Exemption> exemptions = campaigns.exemptions(campaign.duty(), campaign.occasion());
        model.addAttribute("exemptions", campaignLines.exemptions(exemptions, reader));
        Preview.Late late = campaigns.late(campaign);
        model.addAttribute("late", late == null ? null : previews.late(late, reader));
        model.addAttribute(
                "notBound",
                campaign.notBound() == 0
                        ? List.of()
                        : campaigns.notBound(campaign.id()).stream()
                                .map(code -> wording.party(code, reader))
                                .toList());
        Set<String> in = campaigns.parties(campaign.id());
        Set<String> exempted = exemptions.stream().map(Exemption::partyCode).collect(Collectors.toSet());
        List<CampaignLines.Choice> all = parties.all().stream()
                .map(party -> new CampaignLines.Choice(party.code(), party.name(reader)))
                .sorted(Comparator.comparing(CampaignLines.Choice::name, Collator.getInstance(reader)))
                .toList();
        model.addAttribute(
                "addable",
                all.stream()
                        .filter(party -> !in.contains(party.code()) && !exempted.contains(party.code()))
                        .toList());
        model.addAttribute(
                "exemptable",
                all.stream().filter(party -> !exempted.contains(party.code())).toList());
        model.addAttribute(
                "query",
                UriComponentsBuilder.newInstance()
                        .queryParam("duty", campaign.duty())
                        .queryParam("occasion", campaign.occasion())
                        .encode()
                        .build()
                        .getQuery());
        Obligations.Page<?> found = obligationLines.fill(
                model,
                new Obligations.Filter(campaign.duty(), null, campaign.occasion(), Set.of(), false),
                page,
                reader);
        model.addAttribute(
                "pager",
                Pager.of(
                        page,
                        found.items().size(),
                        found.total(),
                        UriComponentsBuilder.fromPath("/secretariat/campaigns/" + campaign.id())));
    }
}
