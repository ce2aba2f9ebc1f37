package org.sterna.secretariat;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Addresses;
import org.sterna.register.SeatRole;

/** The Secretariat's first page: how things stand, what to do, what to open. */
@Controller
class OverviewController {

    private static final int LATEST = 5;

    /** A task of the Secretariat. */
    record TaskLine(String taskId, String step, String duty, String party, String since, Wording.@Nullable Due due) {}

    private final Office office;
    private final Obligations obligations;
    private final Campaigns campaigns;
    private final Notices notices;
    private final Addresses addresses;
    private final Openings openings;
    private final CampaignLines campaignLines;
    private final Wording wording;

    OverviewController(
            Office office,
            Obligations obligations,
            Campaigns campaigns,
            Notices notices,
            Addresses addresses,
            Openings openings,
            CampaignLines campaignLines,
            Wording wording) {
        this.office = office;
        this.obligations = obligations;
        this.campaigns = campaigns;
        this.notices = notices;
        this.addresses = addresses;
        this.openings = openings;
        this.campaignLines = campaignLines;
        this.wording = wording;
    }

    @GetMapping("/secretariat")
    String overview(
            @RequestParam(required = false) @Nullable String duty, Principal principal, Locale reader, Model model) {
        Account member = office.member(principal);
        fill(model, member, reader);
        openings.fill(model, duty, null, Set.of(), reader);
        return "secretariat/overview";
    }

    /** Everything but the opening form. */
    void fill(Model model, Account member, Locale reader) {
        model.addAttribute("counts", obligations.counts());
        model.addAttribute("gate", notices.gate());
        model.addAttribute("toCorrect", addresses.unusable().size());
        List<OpenTask> open = obligations.tasksOf(Set.of(SeatRole.SECRETARIAT.code()));
        Map<UUID, Obligation> owed = obligations
                .findAll(open.stream().map(OpenTask::obligationId).toList())
                .stream()
                .collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        model.addAttribute(
                "tasks",
                open.stream()
                        .filter(task -> owed.containsKey(task.obligationId()))
                        .map(task -> line(task, owed.get(task.obligationId()), reader))
                        .toList());
        long fallenBack = obligations
                .tasksOf(member.seats().stream()
                        .filter(seat -> !seat.equals(SeatRole.SECRETARIAT.code()))
                        .toList())
                .size();
        model.addAttribute("fallenBack", fallenBack);
        model.addAttribute("campaigns", campaignLines.lines(campaigns.latest(LATEST), reader));
    }

    private TaskLine line(OpenTask task, Obligation obligation, Locale reader) {
        return new TaskLine(
                task.taskId(),
                wording.step(task.duty(), task.step(), reader),
                wording.duty(obligation.duty(), reader),
                wording.party(obligation.partyCode(), reader),
                wording.moment(task.createdAt(), reader),
                wording.due(task, obligation, reader).orElse(null));
    }
}
