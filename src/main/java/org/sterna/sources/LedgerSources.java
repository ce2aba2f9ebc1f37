package org.sterna.sources;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.forms.Source;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Seats;
import org.sterna.register.Today;

/** Sources in the ledger, the register and the case; each is asked at most once per form, and only if it is named. */
@Component
class LedgerSources implements Sources {

    private final Forms forms;
    private final FormGate gate;
    private final Obligations obligations;
    private final Parties parties;
    private final Seats seats;
    private final Accounts accounts;
    private final FactBook facts;
    private final CaseVariables variables;
    private final Meetings meetings;
    private final Today today;
    private final Clock clock;

    LedgerSources(
            Forms forms,
            FormGate gate,
            Obligations obligations,
            Parties parties,
            Seats seats,
            Accounts accounts,
            FactBook facts,
            CaseVariables variables,
            Meetings meetings,
            Today today,
            Clock clock) {
        this.forms = forms;
        this.gate = gate;
        this.obligations = obligations;
        this.parties = parties;
        this.seats = seats;
        this.accounts = accounts;
        this.facts = facts;
        this.variables = variables;
        this.meetings = meetings;
        this.today = today;
        this.clock = clock;
    }

    @Override
    public FormGate.Known known(OpenTask task, Obligation obligation, @Nullable String username, Locale reader) {
        return new Looking(task, obligation, username, reader).known();
    }

    @Override
    public Opening opening(OpenTask task, Obligation obligation, Account caller, Locale reader) {
        return new Looking(task, obligation, caller.username(), reader).opening();
    }

    @Override
    public Opening openingOnBehalf(OpenTask task, Obligation obligation, Locale reader) {
        return new Looking(task, obligation, null, reader).opening();
    }

    /** One look at the sources of one form. What was found is kept, what is not needed is not asked for. */
    private final class Looking {

        private final OpenTask task;
        private final Obligation obligation;
        private final @Nullable String username;
        private final Locale reader;
        private final Form form;
        private final Map<String, Object> told = new HashMap<>();
        private @Nullable List<Submission> ofCase;
        private @Nullable Map<String, List<Submission>> ofDuties;
        private @Nullable Map<String, Object> ofInstance;
        private @Nullable Optional<Obligations.Elsewhere> elsewhere;
        private @Nullable Optional<Holder> holder;
        private @Nullable Optional<Account> account;
        private @Nullable Optional<Meeting> meeting;

        Looking(OpenTask task, Obligation obligation, @Nullable String username, Locale reader) {
            this.task = task;
            this.obligation = obligation;
            this.username = username;
            this.reader = reader;
            form = forms.find(task.duty(), task.step())
                    .orElseGet(() -> new Form(task.duty(), task.step(), List.of(), List.of()));
        }

        FormGate.Known known() {
            Map<String, Object> values = new LinkedHashMap<>();
            form.facts()
                    .forEach((name, source) -> fact(Source.parse(source)).ifPresent(value -> values.put(name, value)));
            Map<String, Object> fixed = new LinkedHashMap<>();
            form.fields().stream().filter(Form.Field::readonly).forEach(field -> offered(field)
                    .ifPresent(value -> fixed.put(field.key(), value)));
            return new FormGate.Known(values, fixed, carried());
        }

        Opening opening() {
            FormGate.Known known = known();
            Map<String, Object> values = new LinkedHashMap<>();
            Optional<Submission> before = ofCase().stream()
                    .filter(sent -> sent.step().equals(task.step())
                            && sent.seatCode().equals(task.seatCode())
                            && obligation.ofParty(sent.seatCode()))
                    .reduce((earlier, later) -> later);
            if (before.isPresent()) {
                values.putAll(before.get().values());
                values.remove(FormGate.CARRIED_OVER_READ);
                form.fields().stream().filter(this::newerElsewhere).forEach(field -> offered(field)
                        .ifPresent(value -> values.put(field.key(), value)));
            } else {
                form.fields().stream().filter(field -> !field.readonly()).forEach(field -> Optional.ofNullable(
                                known.carriedOver().get(field.key()))
                        .or(() -> offered(field))
                        .ifPresent(value -> values.put(field.key(), value)));
            }
            Opening opening = new Opening(
                    Map.of(),
                    known,
                    known.carriedOver().isEmpty()
                            ? null
                            : elsewhere()
                                    .map(found -> new Opening.CarriedOver(
                                            found.occasion(), found.submission().submittedAt()))
                                    .orElseThrow());
            return new Opening(opening.shown(form, values), known, opening.carriedOver());
        }

        /** Whether the field's source means the step itself among others, of which the newest wins. */
        private boolean newerElsewhere(Form.Field field) {
            return field.prefill() != null
                    && !field.readonly()
                    && Source.parse(field.prefill()).steps().contains(task.step());
        }

        /** What the earlier occasion's answers offer, unless the step was done on this one before. */
        private Map<String, Object> carried() {
            if (!form.carries()
                    || ofCase().stream().anyMatch(sent -> sent.step().equals(task.step()))) {
                return Map.of();
            }
            Map<String, Object> carried = new LinkedHashMap<>();
            elsewhere().map(Obligations.Elsewhere::submission).ifPresent(sent -> forms.find(
                            form.carriedDuty(), sent.step())
                    .ifPresent(origin -> form.fields().stream()
                            .filter(field -> field.carry() != null)
                            .forEach(field -> given(field, origin, sent)
                                    .filter(value -> !value.equals(false))
                                    .ifPresent(value -> carried.put(field.key(), value)))));
            return carried;
        }

        /** What the field carries over of a submission; nothing where a list has no row left. */
        private Optional<Object> given(Form.Field field, Form origin, Submission sent) {
            Form.Carry carry = Objects.requireNonNull(field.carry());
            String name = carry.name() == null ? field.key() : carry.name();
            return origin.field(name)
                    .flatMap(from -> gate.carry(field, from, sent.values().get(name)));
        }

        /** The value of a field's source, as far as it fits the field. */
        private Optional<Object> offered(Form.Field field) {
            return field.prefill() == null
                    ? Optional.empty()
                    : raw(Source.parse(field.prefill())).flatMap(value -> gate.fit(field, value));
        }

        /** A source's value as conditions see it. */
        private Optional<Object> fact(Source source) {
            Optional<Object> value = raw(source);
            return switch (source.kind()) {
                case CASE, DUTY -> {
                    Form.Field field = field(source).orElseThrow();
                    yield field.type() == Form.Type.DOCUMENT
                            ? value
                            : value.flatMap(found -> gate.fit(field, found)).map(typed -> complete(field, typed));
                }
                case VARIABLE ->
                    value.flatMap(found -> declared(source.name())
                            .map(field -> gate.fit(field, found))
                            .orElseGet(() -> Optional.of(plain(found))));
                case OPENED, EARLIER, REGISTER -> value.map(Looking::plain);
            };
        }

        private Optional<Form.Field> field(Source source) {
            return forms.find(
                            source.duty() == null ? task.duty() : source.duty(),
                            source.steps().get(0))
                    .flatMap(found -> found.field(source.name()));
        }

        /** The field of the process that sets the variable, if a form does. */
        private Optional<Form.Field> declared(String variable) {
            return forms.all().stream()
                    .filter(found -> found.duty().equals(task.duty()))
                    .flatMap(found -> found.field(variable).filter(Form.Field::variable).stream())
                    .findFirst();
        }

        private Optional<Object> raw(Source source) {
            return switch (source.kind()) {
                case OPENED -> Optional.ofNullable(opened(source.name()));
                case CASE -> newest(ofCase(), source);
                case DUTY -> newest(ofDuties().getOrDefault(source.duty(), List.of()), source);
                case EARLIER ->
                    Optional.of(
                            obligations.keptBefore(obligation, source.steps().get(0)) ? "yes" : "no");
                case VARIABLE -> Optional.ofNullable(ofInstance().get(source.name()));
                case REGISTER -> register(source.name());
            };
        }

        private Optional<Object> register(String name) {
            if (!told.containsKey(name)) {
                facts.find(name, obligation.partyCode(), obligation.occasion())
                        .ifPresent(value -> told.put(name, value));
            }
            return Optional.ofNullable(told.get(name));
        }

        private static Optional<Object> newest(List<Submission> sent, Source source) {
            return sent.stream()
                    .filter(submission -> source.steps().contains(submission.step()))
                    .reduce((earlier, later) -> later)
                    .map(submission -> submission.values().get(source.name()));
        }

        private @Nullable Object opened(String name) {
            return switch (name) {
                case "party" ->
                    parties.find(obligation.partyCode())
                            .map(party -> party.name(reader))
                            .orElse(obligation.partyCode());
                case "party.code" -> obligation.partyCode();
                case "holder.name" ->
                    holder().map(Holder::name)
                            .or(() -> account().map(Account::displayName))
                            .orElse(null);
                case "holder.email" ->
                    holder().map(Holder::email)
                            .or(() -> account().map(Account::email))
                            .orElse(null);
                case "holder.language" ->
                    account().map(found -> found.language().getLanguage()).orElse(null);
                case "meeting.opening" ->
                    meeting()
                            .map(Meeting::opening)
                            .filter(span -> span.precision() == Meeting.Precision.DAY)
                            .map(Meeting.Span::first)
                            .orElse(null);
                case "meeting.closing" -> meeting().map(Meeting::closing).orElse(null);
                case "today" -> today.ofSeat(task.seatCode());
                case "deadline.passed" -> clock.instant().isAfter(deadline()) ? "yes" : "no";
                default -> throw new IllegalArgumentException("Nothing is called " + name);
            };
        }

        /** When the deadline of the step ends, in the zone that its rule names. */
        private Instant deadline() {
            return task.deadlineName() == null || task.dueAt() == null
                    ? obligation.deadline().at()
                    : task.dueAt();
        }

        /** The meeting that the occasion is, if it is one. */
        private Optional<Meeting> meeting() {
            if (meeting == null) {
                meeting = meetings.find(obligation.occasion());
            }
            return meeting;
        }

        private Optional<Holder> holder() {
            if (holder == null) {
                holder = username == null
                        ? Optional.empty()
                        : seats.reachedBy(task.seatCode()).stream()
                                .filter(found -> username.equals(found.username()))
                                .findFirst();
            }
            return holder;
        }

        private Optional<Account> account() {
            if (account == null) {
                account = username == null ? Optional.empty() : accounts.find(username);
            }
            return account;
        }

        private List<Submission> ofCase() {
            if (ofCase == null) {
                ofCase = obligations.submissions(obligation.id());
            }
            return ofCase;
        }

        private Map<String, List<Submission>> ofDuties() {
            if (ofDuties == null) {
                ofDuties = obligations.submissions(
                        obligation.partyCode(),
                        obligation.occasion(),
                        sources(Source.Kind.DUTY).map(Source::duty).collect(Collectors.toSet()));
            }
            return ofDuties;
        }

        private Map<String, Object> ofInstance() {
            if (ofInstance == null) {
                ofInstance = variables.find(
                        task.taskId(),
                        sources(Source.Kind.VARIABLE).map(Source::name).collect(Collectors.toSet()));
            }
            return ofInstance;
        }

        private Optional<Obligations.Elsewhere> elsewhere() {
            if (elsewhere == null) {
                elsewhere = obligations.newestElsewhere(obligation, form.carriedDuty(), form.carriedFrom());
            }
            return elsewhere;
        }

        private Stream<Source> sources(Source.Kind kind) {
            return form.sources().values().stream().filter(source -> source.kind() == kind);
        }

        /** Rows in which every field has a value, null where it was left empty, as conditions want them. */
        private static Object complete(Form.Field field, Object typed) {
            if (field.type() != Form.Type.LIST) {
                return typed;
            }
            return ((List<?>) typed)
                    .stream()
                            .map(row -> {
                                Map<String, @Nullable Object> cells = new LinkedHashMap<>();
                                field.keys().forEach(key -> cells.put(key, ((Map<?, ?>) row).get(key)));
                                return cells;
                            })
                            .toList();
        }

        private static Object plain(Object value) {
            if (value instanceof Collection<?> rows) {
                return rows.stream().map(Looking::plain).toList();
            }
            if (value instanceof Map<?, ?> row) {
                Map<Object, @Nullable Object> cells = new LinkedHashMap<>();
                row.forEach((key, cell) -> cells.put(key, cell == null ? null : plain(cell)));
                return cells;
            }
            return value instanceof Number number && !(value instanceof BigDecimal)
                    ? new BigDecimal(number.toString())
                    : value;
        }
    }
}
