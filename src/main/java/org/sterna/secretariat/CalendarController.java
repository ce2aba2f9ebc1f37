package org.sterna.secretariat;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.Occasions;
import org.sterna.notices.Notices;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** A meeting's duties laid out in time; they are opened and scheduled together. */
@Controller
class CalendarController {

    /** A deadline of a duty. */
    record Day(String label, String iso, String day, String origin, boolean provisional, boolean past) {}

    /** A duty in the calendar. */
    record Row(
            String key,
            String title,
            @Nullable String opens,
            @Nullable String follows,
            boolean scheduled,
            boolean begun,
            List<Day> deadlines,
            @Nullable String problem,
            int bound,
            int opened,
            int ended) {}

    private final Office office;
    private final Meetings meetings;
    private final Occasions occasions;
    private final Campaigns campaigns;
    private final Notices notices;
    private final PreviewLines previews;
    private final Wording wording;

    CalendarController(
            Office office,
            Meetings meetings,
            Occasions occasions,
            Campaigns campaigns,
            Notices notices,
            PreviewLines previews,
            Wording wording) {
        this.office = office;
        this.meetings = meetings;
        this.occasions = occasions;
        this.campaigns = campaigns;
        this.notices = notices;
        this.previews = previews;
        this.wording = wording;
    }

    @GetMapping({"/secretariat/meetings/{code}/calendar", "/secretariat/meetings/{code}/calendar/open"})
    String show(@PathVariable String code, Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(code, List.of(), "", Map.of(), reader, model);
        return "secretariat/calendar";
    }

    /** Opening writes to many people, so it is shown once more before it is done; a day is set at once. */
    @PostMapping("/secretariat/meetings/{code}/calendar")
    ModelAndView act(
            @PathVariable String code,
            @RequestParam(required = false, defaultValue = "") List<String> duties,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "check") String act,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        meetings.find(code).orElseThrow(NothingHere::new);
        try {
            if (act.equals("schedule")) {
                occasions.schedule(duties, code, day(day, reader), member.username());
                next.addFlashAttribute(
                        "done", wording.text("secretariat.calendar.scheduled", reader, duties.size(), day.strip()));
                return new ModelAndView("redirect:/secretariat/meetings/" + code + "/calendar");
            }
            fillCheck(code, duties, "", Map.of(), reader, model);
        } catch (InvalidCampaign refused) {
            fill(code, duties, day, Map.of(refused.field(), refused.getMessage()), reader, model);
            return new ModelAndView("secretariat/calendar", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        return new ModelAndView("secretariat/calendar-check", model.asMap());
    }

    private void fillCheck(
            String code,
            List<String> duties,
            String lateReason,
            Map<String, String> errors,
            Locale reader,
            Model model) {
        List<PreviewLines.Summary> told = check(code, duties, reader);
        model.addAttribute("previews", told);
        model.addAttribute("late", told.stream().anyMatch(one -> one.late() != null));
        model.addAttribute("lateReason", lateReason);
        model.addAttribute("errors", errors);
        model.addAttribute("code", code);
        model.addAttribute("meeting", wording.occasion(code));
        model.addAttribute("gate", notices.gate());
    }

    @PostMapping("/secretariat/meetings/{code}/calendar/open")
    ModelAndView open(
            @PathVariable String code,
            @RequestParam(required = false, defaultValue = "") List<String> duties,
            @RequestParam(defaultValue = "") String lateReason,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account member = office.member(principal);
        meetings.find(code).orElseThrow(NothingHere::new);
        try {
            int opened = campaigns
                    .openTogether(duties, code, lateReason, member.username())
                    .size();
            next.addFlashAttribute("done", wording.text("secretariat.calendar.opened", reader, opened));
            return new ModelAndView("redirect:/secretariat/meetings/" + code + "/calendar");
        } catch (InvalidCampaign refused) {
            if (refused.field().equals("lateReason")) {
                fillCheck(code, duties, lateReason, Map.of("lateReason", refused.getMessage()), reader, model);
                return new ModelAndView("secretariat/calendar-check", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
            }
            fill(code, duties, "", Map.of(refused.field(), refused.getMessage()), reader, model);
            return new ModelAndView("secretariat/calendar", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
    }

    @PostMapping("/secretariat/meetings/{code}/calendar/cancel")
    String cancel(
            @PathVariable String code,
            @RequestParam String duty,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        meetings.find(code).orElseThrow(NothingHere::new);
        occasions.cancel(duty, code, member.username());
        next.addFlashAttribute("done", wording.text("secretariat.calendar.cancelled", reader));
        return "redirect:/secretariat/meetings/" + code + "/calendar";
    }

    private List<PreviewLines.Summary> check(String code, List<String> keys, Locale reader) {
        return campaigns.previewTogether(keys, code).stream()
                .map(preview -> previews.tell(preview, reader))
                .toList();
    }

    private LocalDate day(String typed, Locale reader) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeException unreadable) {
            throw new InvalidCampaign("day", wording.text("secretariat.calendar.day.error", reader));
        }
    }

    private void fill(
            String code, List<String> chosen, String day, Map<String, String> errors, Locale reader, Model model) {
        Meeting meeting = meetings.find(code).orElseThrow(NothingHere::new);
        List<Occasions.Plan> plans = occasions.of(code);
        model.addAttribute("code", code);
        model.addAttribute("meeting", wording.occasion(code));
        model.addAttribute("dated", meeting.opening() != null);
        model.addAttribute("provisional", meeting.provisional());
        model.addAttribute("rows", plans.stream().map(plan -> row(plan, reader)).toList());
        model.addAttribute(
                "timeline",
                Timeline.of(
                        meeting,
                        plans,
                        wording.today(),
                        plan -> wording.duty(plan.duty().key(), reader),
                        reader));
        model.addAttribute("chosen", chosen);
        model.addAttribute("day", day);
        model.addAttribute("errors", errors);
    }

    private Row row(Occasions.Plan plan, Locale reader) {
        LocalDate today = wording.today();
        return new Row(
                plan.duty().key(),
                wording.duty(plan.duty().key(), reader),
                plan.opensOn() == null ? null : wording.day(plan.opensOn(), reader),
                plan.duty().follows() == null
                        ? null
                        : wording.text(
                                "secretariat.calendar.follows",
                                reader,
                                wording.duty(plan.duty().follows(), reader)),
                plan.scheduled(),
                // what opens for one Party after another is still to be opened for the rest
                plan.duty().follows() == null ? plan.opened() > 0 : plan.opened() >= plan.bound(),
                plan.deadlines().entrySet().stream()
                        .map(entry -> new Day(
                                previews.deadlineName(plan.duty().key(), entry.getKey(), reader),
                                entry.getValue().on().toString(),
                                wording.day(entry.getValue().on(), reader),
                                wording.origin(entry.getValue(), reader),
                                entry.getValue().provisional(),
                                entry.getValue().on().isBefore(today)))
                        .toList(),
                plan.problem(),
                plan.bound(),
                plan.opened(),
                plan.ended());
    }
}
