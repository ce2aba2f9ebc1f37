package org.sterna.duties;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Rung;

/** The catalogue, from {@code processes/<key>/duty.yaml} and the diagrams beside it. */
@Component
class YamlDuties implements Duties {

    private static final String FILE = "duty.yaml";
    /** The end that every duty can come to when nobody delivers. */
    private static final String NOT_DELIVERED = "end_lapsed";

    /** What the reminder clock does last; no rung can be called so. */
    private static final String CLOSING = "closing";

    private static final Set<Meeting.Kind> COPS = EnumSet.of(Meeting.Kind.COP, Meeting.Kind.EXTRAORDINARY_COP);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> ROLES =
            Set.of("nfp", "alt", "min", "mfa", "fin", "inst", "scc", "rep", "stc", "secretariat");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final CatalogueFaults catalogue;
    private final List<Duty> duties;

    /** @throws InvalidCatalogue naming every fault with its file and field */
    YamlDuties(ResourceLoader resources, Words words) {
        this(resources, words, new CatalogueFaults());
        catalogue.stop();
    }

    /** Faults are gathered with those of all other parts; duties that have any are left out. */
    @Autowired
    YamlDuties(ResourceLoader resources, Words words, CatalogueFaults catalogue) {
        this.catalogue = catalogue;
        ProcessFiles files = new ProcessFiles(resources);
        List<String> faults = new ArrayList<>();
        List<Duty> read = new ArrayList<>();
        try (ValidatorFactory validation = Validation.buildDefaultValidatorFactory()) {
            for (String folder : files.folders()) {
                if (folder.equals(ProcessFiles.COMMON)) {
                    checkShared(files, words, faults);
                } else {
                    new Reading(folder, files, words, validation.getValidator(), faults)
                            .read()
                            .ifPresent(read::add);
                }
            }
        }
        Map<String, Duty> byCode = new HashMap<>();
        for (Duty duty : read) {
            Duty other = byCode.put(duty.code(), duty);
            if (other != null) {
                faults.add("%s: code: '%s' is the code of %s too"
                        .formatted(ProcessFiles.at(duty.key(), FILE), duty.code(), other.key()));
            }
        }
        checkFollowed(read, faults);
        catalogue.add(faults);
        duties = read.stream().sorted(Comparator.comparing(Duty::code)).toList();
    }

    @Override
    public List<Duty> all() {
        return duties;
    }

    @Override
    public Optional<Duty> find(String key) {
        return duties.stream().filter(duty -> duty.key().equals(key)).findFirst();
    }

    /** Reminders and escalations of a duty whose file has none; default, configurable in each file. */
    static List<Rung> usualLadder(String holder, boolean voluntary) {
        List<Rung> ladder = new ArrayList<>();
        for (int days : new int[] {30, 14, 7, 1}) {
            ladder.add(new Rung(
                    "reminder-" + days, Rung.Kind.REMINDER, Period.ofDays(-days), List.of(holder), List.of(), false));
        }
        if (!voluntary) {
            ladder.add(
                    new Rung("overdue-1", Rung.Kind.OVERDUE, Period.ofDays(1), List.of(holder), List.of("alt"), false));
            ladder.add(
                    new Rung("ministry-14", Rung.Kind.ESCALATION, Period.ofDays(14), List.of("min"), List.of(), false));
            ladder.add(new Rung(
                    "secretariat-30",
                    Rung.Kind.ESCALATION,
                    Period.ofDays(30),
                    List.of("secretariat", "rep"),
                    List.of(),
                    true));
        }
        return List.copyOf(ladder);
    }

    /** A duty follows another one that is there, and not itself by any way round. */
    private static void checkFollowed(List<Duty> read, List<String> faults) {
        Map<String, Duty> known = read.stream().collect(Collectors.toMap(Duty::key, duty -> duty));
        for (Duty duty : read) {
            String followed = duty.follows();
            if (followed == null) {
                continue;
            }
            String field = ProcessFiles.at(duty.key(), FILE) + ": follows: ";
            if (!known.containsKey(followed)) {
                faults.add(field
                        + "there is no duty '%s'; known are %s"
                                .formatted(
                                        followed,
                                        known.keySet().stream().sorted().collect(Collectors.joining(", "))));
            } else if (follows(known, followed, duty.key())) {
                faults.add(field + "'%s' follows '%s' itself; leave one of them out".formatted(followed, duty.key()));
            }
        }
    }

    private static boolean follows(Map<String, Duty> known, String from, String key) {
        Set<String> seen = new HashSet<>();
        for (String at = from;
                at != null && seen.add(at);
                at = known.containsKey(at) ? known.get(at).follows() : null) {
            if (at.equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static void checkShared(ProcessFiles files, Words words, List<String> faults) {
        files.in(ProcessFiles.COMMON).forEach((name, file) -> {
            if (name.endsWith(".bpmn")) {
                String key = name.substring(0, name.length() - ".bpmn".length());
                Diagram diagram = diagram(file, ProcessFiles.at(ProcessFiles.COMMON, name), key, faults);
                if (diagram != null) {
                    diagram.tasks().forEach(task -> checkWords(ProcessFiles.COMMON, key, task.id(), words, faults));
                }
            }
        });
    }

    private static void checkWords(String folder, String process, String step, Words words, List<String> faults) {
        for (String word : List.of("name", "intro")) {
            checkWord(folder, process + "." + step + "." + word, words, faults);
        }
    }

    private static void checkWord(String folder, String key, Words words, List<String> faults) {
        if (!words.has(key)) {
            faults.add("%s: '%s' is missing".formatted(ProcessFiles.at(folder, "messages.properties"), key));
        }
    }

    private static @Nullable Diagram diagram(Resource file, String at, String key, List<String> faults) {
        try (InputStream content = file.getInputStream()) {
            Diagram diagram = Diagram.read(content);
            if (!diagram.processes().equals(List.of(key))) {
                faults.add("%s: process id: must be '%s', not %s".formatted(at, key, diagram.processes()));
            }
            for (Diagram.Task task : diagram.tasks()) {
                if (task.role() == null || !ROLES.contains(task.role())) {
                    faults.add(("%s: user task '%s': camunda:candidateGroups must be ${seat.of('nfp')} or another role;"
                                    + " known are %s")
                            .formatted(at, task.id(), ROLES.stream().sorted().collect(Collectors.joining(", "))));
                }
            }
            return diagram;
        } catch (IOException | XMLStreamException unreadable) {
            faults.add("%s: cannot be read: %s".formatted(at, unreadable.getMessage()));
            return null;
        }
    }

    /** Reads one duty, collecting its faults. */
    private static final class Reading {

        private final String key;
        private final String at;
        private final ProcessFiles files;
        private final Words words;
        private final Validator validator;
        private final List<String> all;
        private final List<String> faults = new ArrayList<>();

        Reading(String key, ProcessFiles files, Words words, Validator validator, List<String> all) {
            this.key = key;
            this.at = ProcessFiles.at(key, FILE);
            this.files = files;
            this.words = words;
            this.validator = validator;
            this.all = all;
        }

        Optional<Duty> read() {
            DutyFile file = parse();
            List<Duty.Step> steps = steps();
            for (String word : List.of("title", "summary", "why", "consequence")) {
                checkWord(key, key + "." + word, words, faults);
            }
            steps.forEach(step -> checkWords(key, key, step.key(), words, faults));
            Duty duty = file == null ? null : duty(file, steps);
            if (duty != null) {
                duty.further().forEach(one -> checkWord(key, key + ".deadline." + one.name(), words, faults));
            }
            all.addAll(faults);
            return faults.isEmpty() ? Optional.ofNullable(duty) : Optional.empty();
        }

        private @Nullable DutyFile parse() {
            Resource resource = files.find(key, FILE);
            if (resource == null) {
                fault("the file is missing");
                return null;
            }
            try (InputStream content = resource.getInputStream()) {
                DutyFile file = YAML.readValue(content, DutyFile.class);
                if (file == null) {
                    fault("the file is empty");
                    return null;
                }
                List<ConstraintViolation<DutyFile>> violations = validator.validate(file).stream()
                        .sorted(Comparator.comparing(
                                violation -> path(violation.getPropertyPath().toString())))
                        .toList();
                violations.forEach(
                        violation -> fault(path(violation.getPropertyPath().toString()), violation.getMessage()));
                return violations.isEmpty() ? file : null;
            } catch (UnrecognizedPropertyException unknown) {
                fault(
                        path(unknown),
                        "there is no such property; known are "
                                + unknown.getKnownPropertyIds().stream()
                                        .map(Object::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            } catch (InvalidFormatException invalid) {
                fault(path(invalid), "'%s' is not allowed%s".formatted(invalid.getValue(), choices(invalid)));
            } catch (JsonMappingException unreadable) {
                fault(path(unreadable), unreadable.getOriginalMessage());
            } catch (JsonProcessingException malformed) {
                fault("line " + malformed.getLocation().getLineNr(), malformed.getOriginalMessage());
            } catch (IOException unreadable) {
                fault("cannot be read: " + unreadable.getMessage());
            }
            return null;
        }

        private List<Duty.Step> steps() {
            String name = key + ".bpmn";
            Resource resource = files.find(key, name);
            if (resource == null) {
                faults.add(ProcessFiles.at(key, name) + ": the diagram is missing");
                return List.of();
            }
            Diagram diagram = diagram(resource, ProcessFiles.at(key, name), key, faults);
            if (diagram == null) {
                return List.of();
            }
            if (diagram.tasks().isEmpty()) {
                faults.add(ProcessFiles.at(key, name) + ": there is no user task");
            }
            if (!diagram.ends().contains(NOT_DELIVERED)) {
                faults.add(ProcessFiles.at(key, name)
                        + ": there is no end event '%s'; copy the event sub-process 'Duty not delivered' as it is"
                                .formatted(NOT_DELIVERED));
            }
            return diagram.tasks().stream()
                    .filter(task -> task.role() != null)
                    .map(task -> new Duty.Step(task.id(), task.role()))
                    .toList();
        }

        private Duty duty(DutyFile file, List<Duty.Step> steps) {
            checkRole("holder", file.holder());
            DueRule rule = fixedRule(file.deadline().rule());
            Set<Meeting.Kind> meetings = meetings(file, rule);
            return new Duty(
                    key,
                    file.code(),
                    file.group(),
                    file.holder(),
                    file.kind(),
                    file.voluntary(),
                    rule,
                    file.correction() == null ? DutyFile.CORRECTION : file.correction(),
                    ladder(file),
                    binding(file.binds()),
                    file.deadline().basis().strip(),
                    file.deadline().assumed(),
                    steps,
                    further(file, steps, rule, meetings),
                    opens(file),
                    file.follows(),
                    meetings,
                    years(file, rule),
                    "national".equals(file.answers()),
                    closing("closes", file.closes(), rule, meetings));
        }

        private Duty.@Nullable Years years(DutyFile file, DueRule rule) {
            if (file.years() == null) {
                return null;
            }
            if (rule.fits() != DueRule.Fit.YEAR) {
                fault("years", "needs a deadline by the year, such as YYYY-03-31; leave it out");
            }
            if (file.years().each() && file.opens() == null) {
                fault("years.each", "needs a day on which each year opens; write opens, or leave it out");
            }
            return new Duty.Years(
                    file.years().first(), file.years().ahead(), file.years().each());
        }

        /** A rule that can be computed for every occasion of the duty, else it would never be closed. */
        private Duty.Closing closing(
                String field, DutyFile.Closes closes, DueRule deadline, Set<Meeting.Kind> meetings) {
            String basis = closes.basis().strip();
            if (closes.rule().equals(DutyFile.Closes.BY_DECISION)) {
                return new Duty.Closing(null, closes.assumed(), basis);
            }
            DueRule rule = rule(field + ".rule", closes.rule());
            boolean counted = rule.start() == DueRule.Start.DUE ? !rule.after().isNegative() : rule.fixedAtOpening();
            boolean fits =
                    switch (rule.fits()) {
                        case ANY -> true;
                        case MEETING -> !meetings.isEmpty();
                        case COP -> !meetings.isEmpty() && COPS.containsAll(meetings);
                        case STANDING_COMMITTEE -> meetings.equals(Set.of(Meeting.Kind.STANDING_COMMITTEE));
                        case YEAR, HALF_YEAR -> rule.fits() == deadline.fits();
                    };
            if (!counted || !fits) {
                fault(
                        field + ".rule",
                        "'%s' cannot be computed for every occasion of the duty; write for example due+P6M, meeting-close+0D for a duty of meetings, or by-decision"
                                .formatted(closes.rule()));
            }
            return new Duty.Closing(rule, closes.assumed(), basis);
        }

        private List<Duty.Further> further(
                DutyFile file, List<Duty.Step> steps, DueRule deadline, Set<Meeting.Kind> meetings) {
            if (file.deadlines() == null) {
                return List.of();
            }
            List<Duty.Further> further = new ArrayList<>();
            Set<String> dated = new HashSet<>();
            file.deadlines().forEach((name, due) -> {
                String field = "deadlines." + name + ".";
                if (!NAME.matcher(name).matches() || name.equals(Duty.DUE)) {
                    fault(
                            "deadlines." + name,
                            "must be lower-case words joined by hyphens, and not '" + Duty.DUE + "'");
                }
                for (String step : due.steps()) {
                    Optional<Duty.Step> known =
                            steps.stream().filter(one -> one.key().equals(step)).findFirst();
                    if (known.isEmpty()) {
                        fault(field + "steps", "the diagram has no user task '%s'".formatted(step));
                    } else if (known.get().seat().equals("secretariat")) {
                        fault(
                                field + "steps",
                                "'%s' is the Secretariat's; only Parties have deadlines".formatted(step));
                    } else if (!dated.add(step)) {
                        fault(field + "steps", "'%s' has another deadline already".formatted(step));
                    }
                }
                further.add(new Duty.Further(
                        name,
                        rule(field + "rule", due.rule()),
                        due.assumed(),
                        due.basis().strip(),
                        due.hard(),
                        due.interim(),
                        Set.copyOf(due.steps()),
                        further(field, due, file),
                        due.closes() == null ? null : closing(field + "closes", due.closes(), deadline, meetings)));
            });
            return List.copyOf(further);
        }

        private List<Rung> further(String field, DutyFile.FurtherDue due, DutyFile file) {
            if (due.interim() && due.closes() != null) {
                fault(field + "closes", "has no meaning; an interim deadline never stands");
            }
            if (due.interim() && due.hard()) {
                fault(field + "interim", "and hard exclude each other; leave one of them out");
            }
            if (due.ladder() == null) {
                return due.interim() ? List.of() : ladder(file);
            }
            List<Rung> ladder = ladder(field + "ladder", due.ladder(), file.voluntary());
            if (due.interim() && ladder.stream().anyMatch(rung -> rung.kind() != Rung.Kind.REMINDER)) {
                fault(field + "ladder", "has more than reminders; nothing is overdue by an interim deadline");
            }
            return ladder;
        }

        private @Nullable DueRule opens(DutyFile file) {
            if (file.opens() == null) {
                return null;
            }
            DueRule opens = rule("opens", file.opens());
            if (opens.start() == DueRule.Start.OPENED || opens.furtherOnly()) {
                fault("opens", "must start from a meeting or a day of the year, for example COP-P12M or YYYY-01-01");
            }
            return opens;
        }

        private Set<Meeting.Kind> meetings(DutyFile file, DueRule rule) {
            boolean hangs = rule.followsMeeting();
            if (file.meetings() == null) {
                return hangs ? Set.of(Meeting.Kind.COP) : Set.of();
            }
            Set<Meeting.Kind> kinds = EnumSet.noneOf(Meeting.Kind.class);
            for (String code : file.meetings()) {
                Meeting.Kind.of(code)
                        .ifPresentOrElse(
                                kinds::add,
                                () -> fault(
                                        "meetings",
                                        "'%s' is no kind of meeting; known are %s"
                                                .formatted(
                                                        code,
                                                        Arrays.stream(Meeting.Kind.values())
                                                                .map(Meeting.Kind::code)
                                                                .collect(Collectors.joining(", ")))));
            }
            if (kinds.isEmpty() && hangs) {
                fault("meetings", "is empty, write for example [cop]");
            }
            return Set.copyOf(kinds);
        }

        private DueRule fixedRule(String text) {
            DueRule rule = rule("deadline.rule", text);
            if (rule.furtherOnly()) {
                fault("deadline.rule", "'%s' is for further deadlines only".formatted(text));
            }
            return rule;
        }

        private DueRule rule(String field, String text) {
            try {
                return DueRule.parse(text);
            } catch (IllegalArgumentException unreadable) {
                fault(field, unreadable.getMessage());
                return new DueRule(text, Period.ZERO);
            }
        }

        private Duty.Binding binding(DutyFile.@Nullable Binds binds) {
            if (binds == null) {
                return Duty.Binding.all(Duty.Suggestion.ALL, null);
            }
            Duty.Bound parties =
                    Duty.Bound.valueOf(binds.parties().toUpperCase(Locale.ROOT).replace('-', '_'));
            switch (parties) {
                case OF_REGION -> {
                    if (binds.region() == null) {
                        fault("binds.region", "is missing, write the region, for example africa");
                    }
                }
                case OF_INSTRUMENT -> {
                    if (binds.instrument() == null) {
                        fault("binds.instrument", "is missing, write the instrument, for example AEWA");
                    }
                }
                case WITH_SEAT -> {
                    if (binds.role() == null) {
                        fault("binds.role", "is missing, write the role whose seat is held, for example scc");
                    }
                }
                case ELIGIBLE -> {
                    if (binds.decision() == null) {
                        fault("binds.decision", "is missing, write the id of a decision table");
                    } else if (files.find(key, binds.decision() + ".dmn") == null) {
                        fault(
                                "binds.decision",
                                "there is no decision table '%s'; draw it in %s.dmn beside this file"
                                        .formatted(binds.decision(), binds.decision()));
                    }
                }
                case ALL -> {
                    // nothing more to say
                }
            }
            if (binds.role() != null) {
                checkRole("binds.role", binds.role());
            } else if (binds.suggests() == Duty.Suggestion.UNCONFIRMED) {
                fault("binds.role", "is missing, write the role whose holder is unconfirmed, for example nfp");
            }
            return new Duty.Binding(
                    parties,
                    binds.region(),
                    binds.instrument(),
                    binds.decision(),
                    binds.suggests() == null ? Duty.Suggestion.ALL : binds.suggests(),
                    binds.role());
        }

        private List<Rung> ladder(DutyFile file) {
            return file.ladder() == null
                    ? usualLadder(file.holder(), file.voluntary())
                    : ladder("ladder", file.ladder(), file.voluntary());
        }

        private List<Rung> ladder(String at, List<DutyFile.Step> written, boolean voluntary) {
            List<Rung> ladder = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < written.size(); i++) {
                DutyFile.Step step = written.get(i);
                String field = at + "[" + i + "].";
                if (step.id().equals(CLOSING)) {
                    fault(field + "id", "'%s' is kept for the closing of the duty".formatted(step.id()));
                }
                if (!ids.add(step.id())) {
                    fault(field + "id", "'%s' is there twice".formatted(step.id()));
                }
                List<String> copies = step.copies() == null ? List.of() : step.copies();
                step.to().forEach(role -> checkRole(field + "to", role));
                copies.forEach(role -> checkRole(field + "copies", role));
                if (step.decide() && step.kind() != Rung.Kind.ESCALATION) {
                    fault(field + "decide", "only an escalation can ask for a decision");
                }
                if (step.kind() == Rung.Kind.OVERDUE && voluntary) {
                    fault(field + "kind", "a voluntary duty is never overdue");
                }
                if (step.text() != null) {
                    checkText(field + "text", step.kind(), step.text());
                }
                Period offset = offset(field + "offset", step.offset());
                if (offset != null) {
                    if (step.kind() == Rung.Kind.REMINDER ? days(offset) > 0 : days(offset) <= 0) {
                        fault(
                                field + "offset",
                                "'%s' must be %s the deadline"
                                        .formatted(
                                                step.offset(),
                                                step.kind() == Rung.Kind.REMINDER ? "on or before" : "after"));
                    }
                    if (!ladder.isEmpty() && days(ladder.get(ladder.size() - 1).offset()) >= days(offset)) {
                        fault(field + "offset", "'%s' must be later than the rung before it".formatted(step.offset()));
                    }
                    ladder.add(new Rung(
                            step.id(),
                            step.kind(),
                            offset,
                            List.copyOf(step.to()),
                            List.copyOf(copies),
                            step.decide(),
                            step.text()));
                }
            }
            return List.copyOf(ladder);
        }

        /** That all languages have the keys of the English file is checked where the files are read. */
        private void checkText(String field, Rung.Kind kind, String text) {
            if (!kind.speaks(text)) {
                fault(field, "'%s' must begin with '%s-', as the rung's kind does".formatted(text, kind.code()));
            }
            for (String part : List.of("subject", "body")) {
                String word = "%s.notice.%s.%s".formatted(key, text, part);
                if (!words.has(word)) {
                    fault(
                            field,
                            "there is no text '%s'; write %s in messages.properties, _fr and _es"
                                    .formatted(text, word));
                }
            }
        }

        private @Nullable Period offset(String field, String text) {
            try {
                return Period.parse(text);
            } catch (DateTimeException unreadable) {
                fault(field, "'%s' is not a period such as -P14D".formatted(text));
                return null;
            }
        }

        /** Length for comparing offsets; a month counts as 31 days. */
        private static long days(Period period) {
            return period.toTotalMonths() * 31 + period.getDays();
        }

        private void checkRole(String field, @Nullable String role) {
            if (role == null || !ROLES.contains(role)) {
                fault(
                        field,
                        "'%s' is not a role; known are %s"
                                .formatted(role, ROLES.stream().sorted().collect(Collectors.joining(", "))));
            }
        }

        private void fault(String field, String what) {
            fault(field.isEmpty() ? what : field + ": " + what);
        }

        private void fault(String what) {
            faults.add(at + ": " + what);
        }

        /** Turns {@code ladder[2].<list element>} into {@code ladder[2]}. */
        private static String path(String path) {
            return path.replaceAll("\\.<[^>]*>", "").replaceAll("<[^>]*>", "");
        }

        private static String path(JsonMappingException exception) {
            StringBuilder path = new StringBuilder();
            for (JsonMappingException.Reference step : exception.getPath()) {
                if (step.getFieldName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
            return path.toString();
        }

        private static String choices(InvalidFormatException invalid) {
            Object[] constants = invalid.getTargetType().getEnumConstants();
            return constants == null
                    ? ""
                    : "; write "
                            + Arrays.stream(constants)
                                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "));
        }
    }
}
