package org.sterna.notices;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The table by which what mail servers say is judged; the file explains itself. */
final class DeliveryRules {

    static final String FILE = "/reference/delivery-rules.yaml";

    private static final Set<DeliveryVerdict> VERDICTS =
            Set.of(DeliveryVerdict.GONE, DeliveryVerdict.FAILING, DeliveryVerdict.REFUSED, DeliveryVerdict.UNKNOWN);

    /** The one table of this application. */
    static final DeliveryRules TABLE = read();

    /** A rule as it stands in the file. */
    record Rule(
            @Nullable List<String> status,
            @Nullable List<String> code,
            @Nullable List<String> says,
            String verdict,
            String source) {}

    /** How a message of a mail server begins, as it stands in the file. */
    record Form(List<String> says, boolean delayed, String source) {}

    private record Table(
            @JsonProperty(required = true) List<Rule> rules,
            @JsonProperty(required = true) List<Form> forms) {}

    private record Known(
            @Nullable Pattern status,
            @Nullable Pattern code,
            @Nullable Pattern says,
            DeliveryVerdict verdict) {

        boolean fits(ServerReply reply) {
            return (status == null
                            || reply.status() != null
                                    && status.matcher(reply.status()).matches())
                    && (code == null
                            || code.matcher(Integer.toString(reply.code())).matches())
                    && (says == null || says.matcher(reply.words()).find());
        }
    }

    private record Begins(Pattern says, boolean delayed) {}

    private final List<Known> rules;
    private final List<Begins> forms;

    /** @throws IllegalArgumentException naming the rule that cannot be one */
    DeliveryRules(List<Rule> rules, List<Form> forms) {
        this.rules = rules.stream().map(DeliveryRules::known).toList();
        this.forms = forms.stream()
                .map(form -> new Begins(says(form.says()), form.delayed()))
                .toList();
    }

    private static DeliveryRules read() {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream file = DeliveryRules.class.getResourceAsStream(FILE)) {
            Table table = mapper.readValue(file, Table.class);
            return new DeliveryRules(table.rules(), table.forms());
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + FILE + " cannot be read", e);
        }
    }

    private static Known known(Rule rule) {
        DeliveryVerdict verdict = VERDICTS.stream()
                .filter(one -> one.code().equals(rule.verdict()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "verdict must be gone, failing, refused or unknown in the rule " + rule));
        if (rule.status() == null && rule.code() == null && rule.says() == null) {
            throw new IllegalArgumentException("status, code or says must be given in the rule " + rule);
        }
        if (rule.source() == null || rule.source().isBlank()) {
            throw new IllegalArgumentException("source must be given in the rule " + rule);
        }
        return new Known(
                rule.status() == null ? null : codes(rule.status(), "\\d{1,3}"),
                rule.code() == null ? null : codes(rule.code(), "\\d"),
                rule.says() == null ? null : says(rule.says()),
                verdict);
    }

    private static Pattern codes(List<String> codes, String any) {
        return Pattern.compile(String.join("|", codes).replace(".", "\\.").replace("*", any));
    }

    private static Pattern says(List<String> expressions) {
        try {
            return Pattern.compile(
                    "(?:" + String.join(")|(?:", expressions) + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("says must be regular expressions, unlike " + expressions, e);
        }
    }

    /** What the reply means; unknown if no rule fits. */
    DeliveryVerdict judge(ServerReply reply) {
        return rules.stream()
                .filter(rule -> rule.fits(reply))
                .map(Known::verdict)
                .findFirst()
                .orElse(DeliveryVerdict.UNKNOWN);
    }

    /** Whether the text of a mail server is one of the known forms of a report, and if so, whether it only warns. */
    Optional<Boolean> warns(String words) {
        return forms.stream()
                .filter(form -> form.says().matcher(words).find())
                .map(Begins::delayed)
                .findFirst();
    }
}
