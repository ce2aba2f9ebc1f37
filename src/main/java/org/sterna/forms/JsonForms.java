package org.sterna.forms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.stereotype.Component;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.InvalidCatalogue;
import org.sterna.duties.Words;

/** Forms from {@code forms/<duty>/<step>.form}, as Camunda Modeler writes them. */
@Component
class JsonForms implements Forms {

    /** Version of the form format that is read, the one of Camunda Platform 7.24. */
    static final int SCHEMA_VERSION = 16;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final CatalogueFaults catalogue;
    private final Map<String, Form> forms;
    private final JsonSchema schema;

    /** @throws InvalidCatalogue naming every fault with its file and field */
    JsonForms(ResourceLoader resources, Duties duties, Words words) {
        this(resources, duties, words, new CatalogueFaults());
        catalogue.stop();
    }

    /** Faults are gathered with those of all other parts. */
    @Autowired
    JsonForms(ResourceLoader resources, Duties duties, Words words, CatalogueFaults catalogue) {
        this.catalogue = catalogue;
        ResourcePatternResolver resolver = ResourcePatternUtils.getResourcePatternResolver(resources);
        Map<String, Form> read = new TreeMap<>();
        List<Reading> readings = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Feel feel = new Feel();
        try {
            for (Resource file : resolver.getResources("classpath*:forms/*/*.form")) {
                String[] path = URLDecoder.decode(file.getURL().toString(), StandardCharsets.UTF_8)
                        .split("/");
                String name = path[path.length - 1];
                Reading reading = new Reading(
                        path[path.length - 2],
                        name.substring(0, name.length() - ".form".length()),
                        words,
                        feel,
                        faults);
                readings.add(reading);
                reading.checkPlace(duties, resolver);
                Form form = reading.read(file);
                if (read.put(form.duty() + "/" + form.step(), form) != null) {
                    reading.fault("the class path has this file twice");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        // sources look at the forms of other steps, so all have to be there
        readings.forEach(reading -> reading.checkSources(read));
        readings.forEach(reading -> reading.checkCarried(read));
        catalogue.add(faults);
        forms = Collections.unmodifiableMap(read);
        schema = new JsonSchema(words);
    }

    @Override
    public Optional<Form> find(String duty, String step) {
        return Optional.ofNullable(forms.get(duty + "/" + step));
    }

    @Override
    public List<Form> all() {
        return List.copyOf(forms.values());
    }

    @Override
    public Map<String, Object> schema(Form form, Locale reader) {
        return schema.of(form, reader);
    }

    /** Reads one form, collecting its faults. */
    private static final class Reading {

        private static final String FACT = "fact.";
        private static final Pattern KEY = Pattern.compile("[a-z][a-zA-Z0-9]{0,63}");
        private static final Pattern AUTOCOMPLETE = Pattern.compile("[a-z0-9 -]{1,60}");
        private static final Set<String> RESERVED = Set.of(
                "partyCode",
                "deadline",
                "obligationId",
                "duty",
                "occasion",
                "initiator",
                "milestone",
                "today",
                "form",
                AcceptableAnswers.ROW,
                FormGate.CARRIED_OVER_READ,
                FormGate.WARNINGS_READ);
        private static final Set<String> FORMATS = Set.of("email", "phone", "party", "country");
        private static final Set<String> PAPER_FORMATS = Set.of("pdf");
        private static final Set<String> PREVIEW_ONLY = Set.of(
                "layout",
                "appearance",
                "searchable",
                "showOutline",
                "verticalAlignment",
                "decimalDigits",
                "increment",
                "accept",
                "isRepeating",
                "allowAddRemove",
                "defaultRepetitions",
                "disableCollapse",
                "nonCollapsedItems");
        private static final Set<String> TOP = Set.of(
                "type",
                "id",
                "schemaVersion",
                "executionPlatform",
                "executionPlatformVersion",
                "exporter",
                "components",
                "properties");
        private static final Map<String, Form.Type> TYPES = Map.ofEntries(
                Map.entry("textfield", Form.Type.TEXT),
                Map.entry("textarea", Form.Type.TEXTAREA),
                Map.entry("number", Form.Type.NUMBER),
                Map.entry("datetime", Form.Type.DATE),
                Map.entry("checkbox", Form.Type.CHECKBOX),
                Map.entry("radio", Form.Type.RADIO),
                Map.entry("select", Form.Type.SELECT),
                Map.entry("checklist", Form.Type.CHECKLIST),
                Map.entry("filepicker", Form.Type.DOCUMENT),
                Map.entry("dynamiclist", Form.Type.LIST),
                Map.entry("text", Form.Type.TEXT_BLOCK),
                Map.entry("group", Form.Type.TEXT_BLOCK));

        private final String duty;
        private final String step;
        private final Words words;
        private final Feel feel;
        private final List<String> faults;
        private final List<Form.Field> fields = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private final Map<String, String> facts = new TreeMap<>();
        private final Map<String, Sourced> sources = new LinkedHashMap<>();
        private final Map<String, Carried> carried = new LinkedHashMap<>();

        /**
         * A source that is named.
         *
         * @param list whether a list is asked for; null if anything will do
         */
        private record Sourced(Source source, @Nullable Boolean list) {}

        /** What is carried over into a field, by the field's key. */
        private record Carried(Form.Carry carry, Form.Type type) {}

        Reading(String duty, String step, Words words, Feel feel, List<String> faults) {
            this.duty = duty;
            this.step = step;
            this.words = words;
            this.feel = feel;
            this.faults = faults;
        }

        void fault(String what) {
            faults.add("forms/%s/%s.form: %s".formatted(duty, step, what));
        }

        void checkPlace(Duties duties, ResourcePatternResolver resolver) {
            Optional<Duty> owner = duties.find(duty);
            if (owner.isPresent() && owner.get().step(step).isEmpty()) {
                fault("the duty has no user task '%s'; it has %s"
                        .formatted(
                                step,
                                owner.get().steps().stream().map(Duty.Step::key).collect(Collectors.joining(", "))));
            } else if (owner.isEmpty()
                    // a duty with faults of its own is left out, and those are told already
                    && !resolver.getResource("classpath:processes/" + duty + "/" + duty + ".bpmn")
                            .exists()
                    && !resolver.getResource("classpath:processes/common/" + duty + ".bpmn")
                            .exists()) {
                fault("there is neither a duty nor a shared diagram called '%s'".formatted(duty));
            }
        }

        Form read(Resource file) {
            JsonNode root;
            try (InputStream content = file.getInputStream()) {
                root = JSON.readTree(content);
            } catch (JsonProcessingException malformed) {
                fault("line %d: %s".formatted(malformed.getLocation().getLineNr(), malformed.getOriginalMessage()));
                return new Form(duty, step, List.of(), List.of());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            known(root, "", TOP);
            if (!step.equals(root.path("id").asText())) {
                fault("id: must be '%s', the name of the file".formatted(step));
            }
            if (root.path("schemaVersion").asInt() != SCHEMA_VERSION) {
                fault("schemaVersion: must be " + SCHEMA_VERSION);
            }
            components(root.path("components"), "components", false);
            if (keys.isEmpty()) {
                fault("components: there is no field");
            }
            facts(root.path("properties"));
            return new Form(
                    duty,
                    step,
                    List.copyOf(fields),
                    rules(root.path("properties")),
                    Collections.unmodifiableMap(facts));
        }

        private void facts(JsonNode properties) {
            properties.properties().stream()
                    .filter(entry -> entry.getKey().startsWith(FACT))
                    .forEach(entry -> {
                        String name = entry.getKey().substring(FACT.length());
                        String at = "properties." + entry.getKey();
                        if (!KEY.matcher(name).matches()) {
                            fault(at + ": '%s' is not a name in camelCase".formatted(name));
                        } else if (keys.contains(name) || RESERVED.contains(name)) {
                            fault(at + ": '%s' is a field or reserved".formatted(name));
                        }
                        source(entry.getValue().asText(), at, null);
                        facts.put(name, entry.getValue().asText());
                    });
        }

        private void source(String text, String at, @Nullable Boolean list) {
            try {
                sources.put(at, new Sourced(Source.parse(text), list));
            } catch (IllegalArgumentException unknown) {
                fault(at + ": " + unknown.getMessage());
            }
        }

        /** Looks for the fields that sources name. */
        void checkSources(Map<String, Form> forms) {
            sources.forEach((at, sourced) -> {
                Source source = sourced.source();
                if (source.steps().isEmpty()) {
                    if (source.kind() == Source.Kind.OPENED && Boolean.TRUE.equals(sourced.list())) {
                        fault("%s: '%s' is not a list".formatted(at, source.name()));
                    }
                    return;
                }
                source.steps().forEach(step -> checkSource(forms, at, sourced, step));
            });
        }

        private void checkSource(Map<String, Form> forms, String at, Sourced sourced, String step) {
            Source source = sourced.source();
            String from = source.duty() == null ? duty : source.duty();
            Form form = forms.get(from + "/" + step);
            Form.Field field = form == null ? null : form.field(source.name()).orElse(null);
            if (form == null) {
                fault("%s: there is no form forms/%s/%s.form".formatted(at, from, step));
            } else if (source.kind() == Source.Kind.EARLIER) {
                if (Boolean.TRUE.equals(sourced.list())) {
                    fault("%s: '%s' is no list".formatted(at, source.name()));
                }
            } else if (field == null || field.type() == Form.Type.TEXT_BLOCK) {
                fault("%s: forms/%s/%s.form has no field '%s'".formatted(at, from, step, source.name()));
            } else if (sourced.list() != null && sourced.list() != (field.type() == Form.Type.LIST)) {
                fault("%s: '%s' is %s list".formatted(at, source.name(), sourced.list() ? "no" : "a"));
            } else if (source.kind() == Source.Kind.DUTY && from.equals(duty)) {
                fault(at + ": means the duty itself; write case." + step + "." + source.name());
            }
        }

        private void components(JsonNode components, String at, boolean grouped) {
            boolean groups = false;
            for (int i = 0; i < components.size(); i++) {
                JsonNode component = components.get(i);
                boolean group = component.path("type").asText().equals("group");
                String place = "%s[%d]".formatted(at, i);
                if (groups && !group) {
                    fault(place + ": stands after a group; put it into one, so that readers see where the group ends");
                }
                if (group && grouped) {
                    fault(place + ": a group cannot hold a group");
                }
                groups |= group;
                component(component, place);
            }
        }

        private void component(JsonNode component, String place) {
            Form.Field field = field(component, place, keys, null);
            if (field != null) {
                fields.add(field);
                if (component.path("type").asText().equals("group")) {
                    components(component.path("components"), place(component, place) + ".components", true);
                }
            }
        }

        /** The fields of a list's rows. */
        private List<Form.Field> columns(JsonNode components, String list) {
            List<Form.Field> columns = new ArrayList<>();
            Set<String> taken = new HashSet<>();
            for (int i = 0; i < components.size(); i++) {
                Form.Field column = field(components.get(i), "%s.components[%d]".formatted(list, i), taken, list);
                if (column != null) {
                    columns.add(column);
                }
            }
            if (taken.isEmpty()) {
                fault(list + ".components: there is no field");
            }
            return List.copyOf(columns);
        }

        private static String place(JsonNode component, String otherwise) {
            Form.Type type = TYPES.get(component.path("type").asText());
            String name = type == Form.Type.TEXT_BLOCK ? "id" : type == Form.Type.LIST ? "path" : "key";
            String text = component.path(name).asText(component.path("key").asText());
            return text.isEmpty() ? otherwise : text;
        }

        /**
         * Reads one field.
         *
         * @param taken keys of the fields beside it
         * @param list key of the list in whose rows it stands; null for a field of the form
         * @return null if its type is not supported there
         */
        private Form.@Nullable Field field(JsonNode component, String place, Set<String> taken, @Nullable String list) {
            String kind = component.path("type").asText();
            Form.Type type = TYPES.get(kind);
            if (type == null || list != null && (type == Form.Type.LIST || kind.equals("group"))) {
                fault("%s.type: '%s' is not supported%s; known are %s"
                        .formatted(
                                place,
                                kind,
                                list == null ? "" : " in a list",
                                TYPES.keySet().stream()
                                        .filter(known -> list == null
                                                || !Set.of("group", "dynamiclist")
                                                        .contains(known))
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
                return null;
            }
            boolean block = type == Form.Type.TEXT_BLOCK;
            String found = place(component, "");
            String key = block ? component.path("id").asText() : found;
            String at = found.isEmpty() ? place : list == null ? found : list + "." + found;
            Set<String> allowed = allowed(kind);
            if (block || list != null) {
                allowed.remove("readonly");
            }
            known(component, at, allowed);
            if (type == Form.Type.LIST
                    && component.has("key")
                    && component.has("path")
                    && !component.path("key").equals(component.path("path"))) {
                fault(at + ".key: must be the same as path; leave one of the two out");
            }
            if (!block) {
                checkKey(key, at, taken, list != null);
            }
            String labelled = kind.equals("datetime") ? "dateLabel" : kind.equals("text") ? "text" : "label";
            if (kind.equals("datetime") && !component.path("subtype").asText().equals("date")) {
                fault(at + ".subtype: must be date");
            }
            if (kind.equals("filepicker") && component.path("multiple").asBoolean()) {
                fault(at + ".multiple: only one document per field is supported");
            }
            JsonNode properties = component.path("properties");
            known(properties, at + ".properties", block ? Set.of() : properties(type, list != null));
            JsonNode validate = component.path("validate");
            known(validate, at + ".validate", limits(type));
            boolean countries = properties.has("values");
            if (countries && !properties.path("values").asText().equals("countries")) {
                fault(at + ".properties.values: must be countries");
            }
            String format = kind.equals("group") ? "group" : countries ? "country" : format(properties, type, at);
            String autocomplete = text(properties, "autocomplete");
            if (autocomplete != null && !AUTOCOMPLETE.matcher(autocomplete).matches()) {
                fault(at + ".properties.autocomplete: is not a token such as given-name");
            }
            String prefill = text(properties, "prefill");
            boolean readonly = component.path("readonly").asBoolean();
            Form.Carry carry = carry(properties, type, at);
            if (prefill != null) {
                source(prefill, at + ".properties.prefill", type == Form.Type.LIST);
            }
            if (component.has("readonly") && !component.path("readonly").isBoolean()) {
                fault(at + ".readonly: must be true or false");
            }
            if (readonly && prefill == null) {
                fault(at + ".readonly: needs properties.prefill, the source of its value");
            }
            if (readonly && (carry != null || validate.path("required").asBoolean() || properties.has("min"))) {
                fault(at + ".readonly: its value is the source’s, so it can be neither required nor carried over");
            }
            if (type == Form.Type.DOCUMENT && (carry != null || prefill != null && !readonly)) {
                fault(at + ".properties: a paper is attached anew; it can be neither carried over nor prefilled");
            }
            boolean rows = type == Form.Type.LIST;
            Integer minLength = rows ? rows(properties, "min", at) : whole(validate, "minLength", at);
            Integer maxLength = rows ? rows(properties, "max", at) : whole(validate, "maxLength", at);
            BigDecimal min = number(validate, "min", at);
            BigDecimal max = number(validate, "max", at);
            if (minLength != null && maxLength != null && minLength > maxLength
                    || min != null && max != null && min.compareTo(max) > 0) {
                fault(at + (rows ? ".properties" : ".validate") + ": the least is greater than the most");
            }
            return new Form.Field(
                    key,
                    type,
                    word(component, labelled, at),
                    component.has("description") ? word(component, "description", at) : null,
                    rows ? minLength != null && minLength > 0 : flag(validate, "required", at),
                    minLength,
                    maxLength,
                    min,
                    max,
                    format,
                    countries ? Countries.options() : options(component, type, at),
                    autocomplete,
                    "true".equals(text(properties, "variable")),
                    prefill,
                    carry,
                    readonly,
                    rows ? columns(component.path("components"), at) : List.of());
        }

        /**
         * What an earlier occasion offers: {@code true} for the answer in this step, or else the steps that give it; or
         * {@code duty.<duty>.<step>.<field>} for what another duty does.
         */
        private Form.@Nullable Carry carry(JsonNode properties, Form.Type type, String at) {
            String from = text(properties, "carry");
            String condition = text(properties, "carryIf");
            if (from == null) {
                if (condition != null) {
                    fault(at
                            + ".properties.carryIf: needs properties.carry, the steps that rows are carried over from");
                }
                return null;
            }
            Form.Carry carry = carry(from, condition, at);
            carried.put(at, new Carried(carry, type));
            if (condition != null) {
                try {
                    if (!feel.read(condition).names().equals(Set.of(AcceptableAnswers.ROW))) {
                        fault(at + ".properties.carryIf: must be about row and nothing else");
                    }
                } catch (IllegalArgumentException unreadable) {
                    fault("%s.properties.carryIf: '%s' is not FEEL: %s"
                            .formatted(at, condition, unreadable.getMessage()));
                }
            }
            return carry;
        }

        private Form.Carry carry(String from, @Nullable String condition, String at) {
            if (!from.startsWith("duty.")) {
                return new Form.Carry(from.equals("true") ? List.of(step) : List.of(from.split("\\|", -1)), condition);
            }
            try {
                Source source = Source.parse(from);
                if (duty.equals(source.duty())) {
                    fault(at + ".properties.carry: means the duty itself; write its steps alone");
                }
                return new Form.Carry(source.duty(), source.steps(), source.name(), condition);
            } catch (IllegalArgumentException unknown) {
                fault(at + ".properties.carry: " + unknown.getMessage());
                return new Form.Carry(List.of(step), condition);
            }
        }

        /** Looks for the fields that answers are carried over from. */
        void checkCarried(Map<String, Form> forms) {
            Form.Carry first =
                    carried.values().stream().findFirst().map(Carried::carry).orElse(null);
            carried.forEach((at, from) -> {
                Form.Carry carry = from.carry();
                if (first != null
                        && !(carry.steps().equals(first.steps()) && Objects.equals(carry.duty(), first.duty()))) {
                    fault(at + ".properties.carry: must name the same steps as the other fields that are carried over");
                }
                String giver = carry.duty() == null ? duty : carry.duty();
                for (String other : carry.steps()) {
                    Form form = forms.get(giver + "/" + other);
                    Form.Field field = form == null
                            ? null
                            : form.field(carry.name() == null ? at : carry.name())
                                    .orElse(null);
                    if (field == null || field.type() != from.type()) {
                        fault("%s.properties.carry: forms/%s/%s.form has no such field of the same type"
                                .formatted(at, giver, other));
                    }
                }
            });
        }

        private void checkKey(String key, String at, Set<String> taken, boolean inList) {
            if (!KEY.matcher(key).matches()) {
                fault(at + ".key: '%s' is not a name in camelCase".formatted(key));
            } else if (!inList && RESERVED.contains(key)) {
                fault(at + ".key: '%s' is reserved".formatted(key));
            } else if (!taken.add(key)) {
                fault(at + ".key: '%s' is there twice".formatted(key));
            }
        }

        private @Nullable String format(JsonNode properties, Form.Type type, String at) {
            Set<String> known = type == Form.Type.DOCUMENT ? PAPER_FORMATS : FORMATS;
            String format = text(properties, "format");
            if (format != null && !known.contains(format)) {
                fault("%s.properties.format: '%s' is not supported; known are %s"
                        .formatted(at, format, known.stream().sorted().collect(Collectors.joining(", "))));
            }
            return format;
        }

        private List<Form.Option> options(JsonNode component, Form.Type type, String at) {
            if (type != Form.Type.RADIO && type != Form.Type.SELECT && type != Form.Type.CHECKLIST) {
                return List.of();
            }
            Map<String, Form.Option> options = new LinkedHashMap<>();
            JsonNode values = component.path("values");
            for (int i = 0; i < values.size(); i++) {
                String place = "%s.values[%d]".formatted(at, i);
                known(values.get(i), place, Set.of("label", "value"));
                String value = values.get(i).path("value").asText();
                // values are joined by commas where a list travels as one text
                if (value.isBlank() || value.contains(",")) {
                    fault(place + ".value: must not be empty or contain a comma");
                }
                if (options.put(value, new Form.Option(value, word(values.get(i), "label", place))) != null) {
                    fault(place + ".value: '%s' is there twice".formatted(value));
                }
            }
            if (options.isEmpty()) {
                fault(at + ".values: are missing");
            }
            return List.copyOf(options.values());
        }

        private List<Form.Rule> rules(JsonNode properties) {
            Map<String, Map<String, String>> byId = new LinkedHashMap<>();
            properties.properties().stream()
                    .filter(entry -> !entry.getKey().startsWith(FACT))
                    .forEach(entry -> {
                        String[] name = entry.getKey().split("\\.", -1);
                        String part = name.length == 3 ? name[2] : "expression";
                        if (!name[0].equals("rule")
                                || name.length < 2
                                || name.length > 3
                                || !Set.of("expression", "field", "message", "warning")
                                        .contains(part)) {
                            fault(
                                    "properties.%s: is not supported; write rule.<id>, rule.<id>.field, rule.<id>.message,"
                                                    .formatted(entry.getKey())
                                            + " rule.<id>.warning or fact.<name>");
                        } else {
                            byId.computeIfAbsent(name[1], id -> new LinkedHashMap<>())
                                    .put(part, entry.getValue().asText());
                        }
                    });
            List<Form.Rule> rules = new ArrayList<>();
            byId.forEach((id, parts) -> rules.add(rule(id, parts)));
            return List.copyOf(rules);
        }

        private Form.Rule rule(String id, Map<String, String> parts) {
            String at = "properties.rule." + id;
            String expression = parts.getOrDefault("expression", "");
            String field = parts.getOrDefault("field", "");
            String message = parts.getOrDefault("message", "");
            try {
                Set<String> read = feel.read(expression).names();
                Set<String> names = new HashSet<>(read);
                names.removeAll(keys);
                names.removeAll(Set.of("today", "deadline"));
                names.removeAll(facts.keySet());
                // a filter such as members[role = "head"] names the fields of the rows without their list
                fields.stream()
                        .filter(list -> list.type() == Form.Type.LIST && read.contains(list.key()))
                        .forEach(list -> names.removeAll(list.keys()));
                if (column(field)) {
                    names.remove(AcceptableAnswers.ROW);
                }
                names.stream()
                        .sorted()
                        .forEach(name ->
                                fault("%s: names '%s', which is neither a field nor a fact".formatted(at, name)));
            } catch (IllegalArgumentException unreadable) {
                fault("%s: '%s' is not FEEL: %s".formatted(at, expression, unreadable.getMessage()));
            }
            if (!keys.contains(field) && !column(field)) {
                fault("%s.field: '%s' is not a field of the form".formatted(at, field));
            }
            if (!words.has(message)) {
                fault("%s.message: no text for '%s'".formatted(at, message));
            }
            return new Form.Rule(id, field, expression, message, "true".equals(parts.get("warning")));
        }

        /** Whether it is {@code <list>.<field>}. */
        private boolean column(String name) {
            return fields.stream().anyMatch(list -> list.fields().stream()
                    .anyMatch(
                            field -> field.type() != Form.Type.TEXT_BLOCK && name.equals(Form.Cell.slot(list, field))));
        }

        private String word(JsonNode node, String property, String at) {
            String key = node.path(property).asText();
            if (key.isEmpty()) {
                fault("%s.%s: is missing".formatted(at, property));
            } else if (!words.has(key)) {
                fault("%s.%s: no text for '%s'".formatted(at, property, key));
            }
            return key;
        }

        private void known(JsonNode node, String at, Set<String> allowed) {
            node.fieldNames().forEachRemaining(name -> {
                if (!allowed.contains(name)) {
                    fault("%s%s: is not supported".formatted(at.isEmpty() ? "" : at + ".", name));
                }
            });
        }

        private static Set<String> allowed(String kind) {
            Set<String> allowed = new HashSet<>(PREVIEW_ONLY);
            allowed.addAll(Set.of("type", "id", "label", "properties"));
            switch (kind) {
                case "group" -> allowed.add("components");
                case "text" -> allowed.add("text");
                case "dynamiclist" -> allowed.addAll(Set.of("path", "key", "description", "components", "readonly"));
                default -> {
                    allowed.addAll(Set.of("key", "description", "validate", "readonly"));
                    switch (kind) {
                        case "datetime" -> allowed.addAll(Set.of("subtype", "dateLabel"));
                        case "filepicker" -> allowed.add("multiple");
                        case "radio", "select", "checklist" -> allowed.add("values");
                        default -> {
                            // nothing of its own
                        }
                    }
                }
            }
            return allowed;
        }

        private static Set<String> properties(Form.Type type, boolean inList) {
            Set<String> allowed = new HashSet<>();
            if (!inList) {
                allowed.addAll(Set.of("prefill", "carry"));
                allowed.add(type == Form.Type.LIST ? "carryIf" : "variable");
            }
            switch (type) {
                case LIST -> allowed.addAll(Set.of("min", "max"));
                case TEXT -> allowed.addAll(Set.of("format", "autocomplete"));
                case DOCUMENT -> allowed.add("format");
                case TEXTAREA, DATE, NUMBER -> allowed.add("autocomplete");
                case SELECT -> allowed.addAll(Set.of("values", "autocomplete"));
                default -> {
                    // nothing more
                }
            }
            return allowed;
        }

        private static Set<String> limits(Form.Type type) {
            return switch (type) {
                case TEXT, TEXTAREA -> Set.of("required", "minLength", "maxLength");
                case NUMBER -> Set.of("required", "min", "max");
                case LIST, TEXT_BLOCK -> Set.of();
                default -> Set.of("required");
            };
        }

        private static @Nullable String text(JsonNode node, String property) {
            return node.has(property) ? node.path(property).asText() : null;
        }

        private boolean flag(JsonNode node, String property, String at) {
            JsonNode value = node.path(property);
            if (!value.isMissingNode() && !value.isBoolean()) {
                fault("%s.validate.%s: must be true or false".formatted(at, property));
            }
            return value.asBoolean();
        }

        private @Nullable Integer whole(JsonNode node, String property, String at) {
            JsonNode value = node.path(property);
            if (value.isMissingNode()) {
                return null;
            }
            if (!value.isInt() || value.asInt() < 0) {
                fault("%s.validate.%s: must be a whole number".formatted(at, property));
            }
            return value.asInt();
        }

        /** A number of rows; Camunda Modeler writes all properties as text. */
        private @Nullable Integer rows(JsonNode properties, String property, String at) {
            String text = text(properties, property);
            if (text == null) {
                return null;
            }
            if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > Limits.ROWS) {
                fault("%s.properties.%s: must be a number of rows, at most %d".formatted(at, property, Limits.ROWS));
                return null;
            }
            return Integer.valueOf(text);
        }

        private @Nullable BigDecimal number(JsonNode node, String property, String at) {
            JsonNode value = node.path(property);
            if (value.isMissingNode()) {
                return null;
            }
            if (!value.isNumber()) {
                fault("%s.validate.%s: must be a number".formatted(at, property));
            }
            return value.decimalValue();
        }
    }
}
