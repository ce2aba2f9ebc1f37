package org.sterna.secretariat;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Occasions;
import org.sterna.duties.Duties;
import org.sterna.notices.Notices;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Party;

/** What should have opened by itself and was over by then: it is opened now, or left as it is. */
@Controller
class MissedOpeningsController {

    /** A missed opening in words. */
    record Line(
            UUID id,
            String duty,
            String occasion,
            String due,
            String late,
            @Nullable String left) {}

    private final Office office;
    private final Occasions occasions;
    private final Campaigns campaigns;
    private final Duties duties;
    private final Notices notices;
    private final PreviewLines previews;
    private final Wording wording;

    MissedOpeningsController(
            Office office,
            Occasions occasions,
            Campaigns campaigns,
            Duties duties,
            Notices notices,
            PreviewLines previews,
            Wording wording) {
        this.office = office;
        this.occasions = occasions;
        this.campaigns = campaigns;
        this.duties = duties;
        this.notices = notices;
        this.previews = previews;
        this.wording = wording;
    }

    /** Tells a missed opening in words. */
    static Line line(Occasions.Missed missed, Wording wording, Locale reader) {
        Occasions.Left left = missed.left();
        return new Line(
                missed.id(),
                wording.duty(missed.duty(), reader),
                wording.occasion(missed.occasion()),
                wording.day(missed.dueOn(), reader),
                wording.text(
                        "operations.missed.late." + missed.late().kind().code(),
                        reader,
                        wording.day(missed.late().since(), reader)),
                left == null
                        ? null
                        : wording.text(
                                "operations.missed.left",
                                reader,
                                wording.people(List.of(left.by()), reader).get(left.by()),
                                wording.moment(left.at(), reader),
                                left.reason()));
    }

    @GetMapping({"/secretariat/missed-openings/{id}", "/secretariat/missed-openings/{id}/leave"})
    String show(@PathVariable UUID id, Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(occasions.findMissed(id).orElseThrow(NothingHere::new), "", Map.of(), reader, model);
        return "secretariat/missed-opening";
    }

    @PostMapping("/secretariat/missed-openings/{id}/leave")
    ModelAndView leave(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        Occasions.Missed missed = occasions.findMissed(id).orElseThrow(NothingHere::new);
        try {
            occasions.leave(id, reason, member.username());
        } catch (InvalidCampaign refused) {
            fill(missed, reason, Map.of("reason", refused.getMessage()), reader, model);
            return new ModelAndView("secretariat/missed-opening", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute("done", wording.text("operations.missed.left.done", reader));
        return new ModelAndView("redirect:/secretariat/operations");
    }

    private void fill(Occasions.Missed missed, String reason, Map<String, String> errors, Locale reader, Model model) {
        Line line = line(missed, wording, reader);
        model.addAttribute("missed", line);
        model.addAttribute("reason", reason);
        model.addAttribute("errors", errors);
        model.addAttribute("lateReason", wording.text("operations.missed.reason", reader, line.due()));
        model.addAttribute("gate", notices.gate());
        List<String> bound = campaigns.bound(duties.get(missed.duty()), missed.occasion()).stream()
                .map(Party::code)
                .toList();
        model.addAttribute("parties", bound);
        try {
            model.addAttribute(
                    "preview", previews.tell(campaigns.preview(missed.duty(), missed.occasion(), bound), reader));
        } catch (InvalidCampaign misfit) {
            model.addAttribute("preview", null);
            model.addAttribute("problem", misfit.getMessage());
        }
    }
}
