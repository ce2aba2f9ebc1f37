package org.sterna.secretariat;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.duties.Duties;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Opening a duty for Parties, and watching it happen. */
@Controller
class CampaignController {

    private final Office office;
    private final Campaigns campaigns;
    private final Duties duties;
    private final Obligations obligations;
    private final Openings openings;
    private final OverviewController overview;
    private final CampaignLines campaignLines;
    private final ObligationLines obligationLines;
    private final Wording wording;

    CampaignController(
            Office office,
            Campaigns campaigns,
            Duties duties,
            Obligations obligations,
            Openings openings,
            OverviewController overview,
            CampaignLines campaignLines,
            ObligationLines obligationLines,
            Wording wording) {
        this.office = office;
        this.campaigns = campaigns;
        this.duties = duties;
        this.obligations = obligations;
        this.openings = openings;
        this.overview = overview;
        this.campaignLines = campaignLines;
        this.obligationLines = obligationLines;
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
        Account member = office.member(principal);
        if (parties.isEmpty()) {
            return again(
                    duty,
                    occasion,
                    parties,
                    "parties",
                    wording.text("secretariat.open.none", reader),
                    member,
                    reader,
                    model);
        }
        model.addAttribute(
                "duty", duties.find(duty).orElseThrow(NothingHere::new).key());
        model.addAttribute("dutyTitle", wording.duty(duty, reader));
        model.addAttribute("occasion", occasion.strip());
        model.addAttribute("parties", parties);
        model.addAttribute(
                "names",
                parties.stream().map(code -> wording.party(code, reader)).toList());
        return new ModelAndView("secretariat/check", model.asMap());
    }

    @PostMapping("/secretariat/campaigns")
    ModelAndView open(
            @RequestParam String duty,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(required = false, defaultValue = "") List<String> parties,
            Principal principal,
            Locale reader,
            Model model) {
        Account member = office.member(principal);
        try {
            UUID id = campaigns
                    .open(duty, occasion.strip(), parties, member.username())
                    .id();
            return new ModelAndView("redirect:/secretariat/campaigns/" + id);
        } catch (InvalidCampaign refused) {
            return again(duty, occasion, parties, refused.field(), refused.getMessage(), member, reader, model);
        }
    }

    private ModelAndView again(
            String duty,
            String occasion,
            List<String> parties,
            String field,
            String error,
            Account member,
            Locale reader,
            Model model) {
        overview.fill(model, member, reader);
        openings.fill(model, duty, occasion, parties, reader);
        model.addAttribute("errors", Map.of(field.equals("occasion") ? "occasion" : "candidates", error));
        return new ModelAndView("secretariat/overview", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    /** An address without a campaign, for example after a change of language. */
    @GetMapping({"/secretariat/campaigns", "/secretariat/campaigns/check"})
    String start() {
        return "redirect:/secretariat";
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
        model.addAttribute("campaign", campaignLines.line(campaign, reader));
        int shown = Math.max(0, page);
        Obligations.Page<?> found = obligationLines.fill(
                model,
                new Obligations.Filter(campaign.duty(), null, campaign.occasion(), Set.of(), false),
                shown,
                reader);
        model.addAttribute(
                "pager",
                Pager.of(
                        shown,
                        found.items().size(),
                        found.total(),
                        UriComponentsBuilder.fromPath("/secretariat/campaigns/" + id)));
        return part ? "secretariat/campaign :: progress" : "secretariat/campaign";
    }
}
