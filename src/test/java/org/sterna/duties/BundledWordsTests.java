package org.sterna.duties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledWordsTests {

    private static final String FRENCH = "processes/made-up-duty/messages_fr.properties";

    @TempDir
    private Path root;

    private CatalogueFolder folder;

    @BeforeEach
    void copyTheProjectsWords() {
        folder = CatalogueFolder.ofProject(root);
    }

    @Test
    void speaksTheReadersLanguage() {
        Words words = folder.words();

        assertThat(List.of(Locale.ENGLISH, Locale.CANADA_FRENCH, Locale.forLanguageTag("es-PE")))
                .extracting(reader -> words.text("common.yes", reader))
                .containsExactly("Yes", "Oui", "Sí");
    }

    @Test
    void speaksEnglishToAllOthers() {
        assertThat(folder.words().text("common.yes", Locale.GERMAN)).isEqualTo("Yes");
    }

    @Test
    void putsArgumentsIn() {
        for (String language : List.of("", "_fr", "_es")) {
            add("processes/made-up-duty/messages" + language + ".properties", "made-up-duty.due=Due {0}");
        }

        assertThat(folder.words().text("made-up-duty.due", Locale.ENGLISH, "today"))
                .isEqualTo("Due today");
    }

    @Test
    void knowsTheNamesOfCountries() {
        assertThat(folder.words().text("country.CHE", Locale.FRENCH)).isEqualTo("Suisse");
    }

    @Test
    void knowsTheEuropeanUnionLikeACountry() {
        assertThat(folder.words().text("country.EUE", Locale.forLanguageTag("es")))
                .isEqualTo("Unión Europea");
    }

    @Test
    void refusesAKeyThatNobodyWrote() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> folder.words().text("no.such.key", Locale.ENGLISH));
    }

    @Test
    void namesATextMissingInFrench() {
        folder.edit(FRENCH, "made-up-duty.why=", "#");

        assertThat(faults()).containsExactly(FRENCH + ": 'made-up-duty.why' is missing");
    }

    @Test
    void namesATextThatEnglishDoesNotHave() {
        add(FRENCH, "made-up-duty.more=Plus");

        assertThat(faults()).containsExactly(FRENCH + ": 'made-up-duty.more' is not in the English file");
    }

    @Test
    void namesATextWithOtherPlaceholders() {
        folder.edit(FRENCH, "made-up-duty.title=", "made-up-duty.title={0} ");

        assertThat(faults())
                .containsExactly(FRENCH + ": 'made-up-duty.title' must have the placeholders of the English text");
    }

    @Test
    void namesATextThatIsThereTwice() {
        add(FRENCH, "made-up-duty.title=Encore");

        assertThat(faults()).containsExactly(FRENCH + ": 'made-up-duty.title' is there twice");
    }

    @Test
    void namesATextOfAnotherDuty() {
        for (String language : List.of("", "_fr", "_es")) {
            add("processes/made-up-duty/messages" + language + ".properties", "person.age=Age");
        }

        assertThat(faults()).contains(FRENCH + ": 'person.age' must start with 'made-up-duty.'");
    }

    @Test
    void namesAStraightQuoteThatFormattingWouldSwallow() {
        folder.edit(FRENCH, "made-up-duty.title=", "made-up-duty.title=L'");

        assertThat(faults()).containsExactly(FRENCH + ": 'made-up-duty.title' has a straight quote; write ’");
    }

    @Test
    void namesAMissingLanguage() {
        folder.without(FRENCH);

        assertThat(faults()).containsExactly(FRENCH + ": the file is missing");
    }

    private void add(String file, String line) {
        folder.file(file, folder.read(file) + line + "\n");
    }

    private List<String> faults() {
        return catchThrowableOfType(InvalidCatalogue.class, () -> folder.words())
                .faults();
    }
}
