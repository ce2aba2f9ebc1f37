package org.sterna.duties;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/**
 * Words from property files. Names of countries come as {@code country.<ISO 3166-1 alpha-3>} from the Java platform, so
 * that no file repeats them; a file may still override one.
 */
@Component
class BundledWords implements Words {

    private static final String COUNTRY = "country.";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^}]*}");

    private final CatalogueFaults catalogue;
    private final Map<String, TreeMap<String, String>> texts = new HashMap<>();

    /** @throws InvalidCatalogue if the three languages of a folder differ in keys or placeholders */
    BundledWords(ResourceLoader resources) {
        this(resources, new CatalogueFaults());
        catalogue.stop();
    }

    /** Where the three languages of a folder differ in keys or placeholders, the fault is gathered with all others. */
    @Autowired
    BundledWords(ResourceLoader resources, CatalogueFaults catalogue) {
        this.catalogue = catalogue;
        ProcessFiles files = new ProcessFiles(resources);
        List<String> faults = new ArrayList<>();
        for (Language language : Language.values()) {
            texts.put(language.code, countries(language.locale));
        }
        for (String folder : files.folders()) {
            read(files, folder, faults);
        }
        catalogue.add(faults);
    }

    @Override
    public String text(String key, Locale reader, Object... arguments) {
        String pattern = texts.get(Language.of(reader).code).get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("There is no text for '" + key + "'");
        }
        // a straight quote, which would need a format too, is in no text
        return pattern.indexOf('{') < 0 ? pattern : new MessageFormat(pattern, reader).format(arguments);
    }

    @Override
    public Set<String> names(String prefix) {
        return texts.get(Language.EN.code).tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean has(String key) {
        return texts.get(Language.EN.code).containsKey(key);
    }

    private void read(ProcessFiles files, String folder, List<String> faults) {
        Map<Language, Map<String, String>> read = new LinkedHashMap<>();
        for (Language language : Language.values()) {
            Resource file = files.find(folder, language.file);
            if (file == null) {
                faults.add(ProcessFiles.at(folder, language.file) + ": the file is missing");
            } else {
                read.put(language, load(file, ProcessFiles.at(folder, language.file), faults));
            }
        }
        Map<String, String> english = read.getOrDefault(Language.EN, Map.of());
        read.forEach((language, words) -> {
            String at = ProcessFiles.at(folder, language.file);
            compare(english, words, at, faults);
            words.forEach((key, text) -> {
                if (!folder.equals(ProcessFiles.COMMON) && !key.startsWith(folder + ".")) {
                    faults.add("%s: '%s' must start with '%s.'".formatted(at, key, folder));
                } else if (texts.get(language.code).put(key, text) != null && !key.startsWith(COUNTRY)) {
                    faults.add("%s: another folder has '%s' too".formatted(at, key));
                }
            });
        });
    }

    private static void compare(
            Map<String, String> english, Map<String, String> words, String at, List<String> faults) {
        for (String key : english.keySet()) {
            String text = words.get(key);
            if (text == null) {
                faults.add("%s: '%s' is missing".formatted(at, key));
            } else if (!placeholders(text).equals(placeholders(english.get(key)))) {
                faults.add("%s: '%s' must have the placeholders of the English text".formatted(at, key));
            }
        }
        for (String key : words.keySet()) {
            if (!english.containsKey(key)) {
                faults.add("%s: '%s' is not in the English file".formatted(at, key));
            }
        }
    }

    private static Map<String, String> load(Resource file, String at, List<String> faults) {
        Map<String, String> words = new TreeMap<>();
        Properties properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object text) {
                if (words.put(key.toString(), text.toString()) != null) {
                    faults.add("%s: '%s' is there twice".formatted(at, key));
                }
                return text;
            }
        };
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalArgumentException malformed) {
            faults.add("%s: %s".formatted(at, malformed.getMessage()));
        }
        words.forEach((key, text) -> check(key, text, at, faults));
        return words;
    }

    private static void check(String key, String text, String at, List<String> faults) {
        if (text.isBlank()) {
            faults.add("%s: '%s' is empty".formatted(at, key));
        }
        if (text.indexOf('\'') >= 0) {
            faults.add("%s: '%s' has a straight quote; write ’".formatted(at, key));
        }
        try {
            new MessageFormat(text, Locale.ENGLISH);
        } catch (IllegalArgumentException malformed) {
            faults.add("%s: '%s' cannot be formatted: %s".formatted(at, key, malformed.getMessage()));
        }
    }

    private static Set<String> placeholders(String text) {
        Set<String> numbers = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group(1));
        }
        return numbers;
    }

    private static TreeMap<String, String> countries(Locale language) {
        TreeMap<String, String> names = new TreeMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            names.put(
                    COUNTRY + country.getISO3Country(),
                    country.getDisplayCountry(language).replace('\'', '’'));
        }
        return names;
    }

    private enum Language {
        EN(Locale.ENGLISH, "messages.properties"),
        FR(Locale.FRENCH, "messages_fr.properties"),
        ES(Locale.forLanguageTag("es"), "messages_es.properties");

        private final Locale locale;
        private final String code;
        private final String file;

        Language(Locale locale, String file) {
            this.locale = locale;
            this.code = locale.getLanguage();
            this.file = file;
        }

        static Language of(Locale reader) {
            return switch (reader.getLanguage()) {
                case "fr" -> FR;
                case "es" -> ES;
                default -> EN;
            };
        }
    }
}
