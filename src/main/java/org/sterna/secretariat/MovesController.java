package org.sterna.secretariat;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.pages.Wording;

/** How far a change of dates has come, and what to do about what went wrong. */
@Controller
class MovesController {

    /** What could not be done. */
    record Trouble(
            String party, @Nullable String duty, @Nullable UUID obligationId, String error) {}

    private final Office office;
    private final MeetingMoves moves;
    private final MoveLines lines;
    private final Wording wording;

    MovesController(Office office, MeetingMoves moves, MoveLines lines, Wording wording) {
        this.office = office;
        this.moves = moves;
        this.lines = lines;
        this.wording = wording;
    }

    @GetMapping("/secretariat/moves/{id}")
    String show(
            @PathVariable UUID id,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Principal principal,
            Locale reader,
            Model model) {
        office.member(principal);
        MeetingMoves.Progress progress = moves.progress(id).orElseThrow(NothingHere::new);
        List<Trouble> troubles =
                moves.troubles(id).stream().map(one -> trouble(one, reader)).toList();
        model.addAttribute("progress", progress);
        model.addAttribute("line", lines.line(progress.move(), reader));
        model.addAttribute("troubles", troubles);
        return part ? "secretariat/move :: progress" : "secretariat/move";
    }

    private Trouble trouble(MeetingMoves.Trouble one, Locale reader) {
        return new Trouble(
                wording.party(one.partyCode(), reader),
                one.duty() == null ? null : wording.duty(one.duty(), reader),
                one.obligationId(),
                one.error());
    }

    @PostMapping("/secretariat/moves/{id}/retry")
    String retry(@PathVariable UUID id, Principal principal) {
        office.member(principal);
        moves.progress(id).orElseThrow(NothingHere::new);
        moves.retry(id);
        return "redirect:/secretariat/moves/" + id;
    }

    /** An address that only acts, for example after a change of language. */
    @GetMapping("/secretariat/moves/{id}/retry")
    String back(@PathVariable UUID id) {
        return "redirect:/secretariat/moves/" + id;
    }
}
