package org.sterna.secretariat;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.campaigns.Occasions;
import org.sterna.documents.Documents;
import org.sterna.engine.Machinery;
import org.sterna.notices.DeliveryFailures;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Whether everything runs, in plain words: failed acts with a retry, mail, database, backup, versions. */
@Controller
class OperationsController {

    /** The latest decisions on missed openings. */
    private static final int LEFT = 10;

    private static final Logger LOG = LoggerFactory.getLogger(OperationsController.class);

    /** Failed acts shown at once. */
    private static final int MOST = 50;

    /** A failed act. */
    record Line(
            String id,
            @Nullable UUID obligationId,
            String where,
            String act,
            @Nullable String language,
            boolean stopped,
            String again,
            @Nullable String cause) {}

    /** A paper whose content is not what was received. */
    record Damaged(String name, @Nullable UUID obligationId, String where, String found) {}

    /** How many notices are in a state. */
    record Count(String code, Wording.Tag state, String count) {}

    private final Office office;
    private final Machinery machinery;
    private final Obligations obligations;
    private final Documents documents;
    private final Notices notices;
    private final MailLines mailLines;
    private final Installation installation;
    private final DeliveryFailures failures;
    private final Occasions occasions;
    private final Wording wording;

    OperationsController(
            Office office,
            Machinery machinery,
            Obligations obligations,
            Documents documents,
            Notices notices,
            MailLines mailLines,
            Installation installation,
            DeliveryFailures failures,
            Occasions occasions,
            Wording wording) {
        this.office = office;
        this.machinery = machinery;
        this.obligations = obligations;
        this.documents = documents;
        this.notices = notices;
        this.mailLines = mailLines;
        this.installation = installation;
        this.failures = failures;
        this.occasions = occasions;
        this.wording = wording;
    }

    @GetMapping("/secretariat/operations")
    String show(Principal principal, Locale reader, Model model) {
        Account member = office.member(principal);
        List<Machinery.Fault> faults = machinery.faults(MOST + 1, reader);
        Map<String, UUID> cases = cases(faults);
        model.addAttribute(
                "faults",
                faults.stream()
                        .limit(MOST)
                        .map(fault -> line(fault, cases, member, reader))
                        .toList());
        model.addAttribute(
                "missed",
                occasions.missed().stream()
                        .map(missed -> MissedOpeningsController.line(missed, wording, reader))
                        .toList());
        model.addAttribute(
                "left",
                occasions.left(LEFT).stream()
                        .map(missed -> MissedOpeningsController.line(missed, wording, reader))
                        .toList());
        model.addAttribute("more", faults.size() > MOST);
        model.addAttribute("stopped", machinery.stopped());
        List<Documents.Damage> damaged = documents.damaged(MOST + 1);
        model.addAttribute("damaged", damaged(damaged.stream().limit(MOST).toList(), reader));
        model.addAttribute("moreDamaged", damaged.size() > MOST);
        Map<Notice.State, Long> counts = notices.counts();
        model.addAttribute(
                "mail",
                Arrays.stream(Notice.State.values())
                        .map(state -> new Count(
                                state.code(),
                                new Wording.Tag(
                                        "notice-" + state.code(),
                                        "",
                                        wording.text("notice.state." + state.code(), reader)),
                                Pager.count(counts.getOrDefault(state, 0L), reader)))
                        .toList());
        model.addAttribute("gate", notices.gate());
        model.addAttribute("mailServer", mailLines.of(reader));
        model.addAttribute("doubted", failures.waiting());
        Installation.Database database = installation.database();
        model.addAttribute("database", database);
        model.addAttribute(
                "migrated", database.migratedAt() == null ? null : wording.moment(database.migratedAt(), reader));
        Installation.Backup backup = installation.backup();
        model.addAttribute("backup", backup);
        model.addAttribute("backupAt", backup.at() == null ? null : wording.moment(backup.at(), reader));
        model.addAttribute("version", installation.version());
        model.addAttribute("engine", machinery.version());
        model.addAttribute("java", installation.java());
        model.addAttribute("springBoot", installation.springBoot());
        model.addAttribute("administrator", member.administrator());
        model.addAttribute("asOf", wording.moment(wording.now(), reader));
        return "secretariat/operations";
    }

    /** Papers with the cases that they belong to. */
    private List<Damaged> damaged(List<Documents.Damage> damaged, Locale reader) {
        Map<String, UUID> cases = obligations.ofTasks(
                damaged.stream().map(one -> one.document().taskId()).toList());
        Map<UUID, Obligation> known = obligations.findAll(Set.copyOf(cases.values())).stream()
                .collect(Collectors.toMap(Obligation::id, Function.identity()));
        return damaged.stream()
                .map(one -> {
                    UUID id = cases.get(one.document().taskId());
                    Obligation obligation = id == null ? null : known.get(id);
                    return new Damaged(
                            one.document().name(),
                            id,
                            obligation == null
                                    ? wording.party(one.document().partyCode(), reader)
                                    : wording.party(obligation.partyCode(), reader) + " – "
                                            + wording.duty(obligation.duty(), reader) + ", "
                                            + wording.occasion(obligation.occasion()),
                            wording.moment(one.foundAt(), reader));
                })
                .toList();
    }

    /** Ids of the cases by their keys. */
    private Map<String, UUID> cases(List<Machinery.Fault> faults) {
        return obligations.ids(faults.stream()
                .map(Machinery.Fault::caseKey)
                .filter(key -> key != null && key.split("/").length == 3)
                .distinct()
                .toList());
    }

    private Line line(Machinery.Fault fault, Map<String, UUID> cases, Account member, Locale reader) {
        String[] key = fault.caseKey() == null ? new String[0] : fault.caseKey().split("/", 3);
        String where = key.length < 3
                ? wording.text("operations.no-case", reader)
                : wording.party(key[2], reader) + " – " + wording.duty(key[0], reader) + ", "
                        + wording.occasion(key[1]);
        return new Line(
                fault.id(),
                fault.caseKey() == null ? null : cases.get(fault.caseKey()),
                where,
                fault.act().isEmpty() ? wording.text("operations.act.unnamed", reader) : fault.act(),
                fault.translated() ? null : "en",
                fault.stopped(),
                fault.stopped()
                        ? wording.text("operations.stopped", reader)
                        : fault.again() == null
                                ? wording.text("operations.at-once", reader)
                                : wording.text("operations.again", reader, wording.moment(fault.again(), reader)),
                member.administrator() ? fault.cause() : null);
    }

    @PostMapping("/secretariat/operations/retry")
    String retry(
            @RequestParam(name = "act", defaultValue = "") List<String> acts,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account member = office.member(principal);
        int tried = machinery.retry(acts.stream().limit(MOST).toList());
        LOG.info("{} had {} failed acts tried again", member.username(), tried);
        next.addFlashAttribute("done", wording.text("operations.retried", reader, tried));
        return "redirect:/secretariat/operations";
    }

    /** Reads again what was found damaged; what was restored meanwhile is listed no more. */
    @PostMapping("/secretariat/operations/papers")
    String checkPapers(Principal principal, Locale reader, RedirectAttributes next) {
        Account member = office.member(principal);
        List<UUID> damaged =
                documents.damaged(MOST).stream().map(one -> one.document().id()).toList();
        int left = documents.check(damaged).size();
        LOG.info("{} had {} damaged papers checked again, {} still are", member.username(), damaged.size(), left);
        next.addFlashAttribute("done", wording.text("operations.papers.checked", reader, damaged.size(), left));
        return "redirect:/secretariat/operations";
    }
}
