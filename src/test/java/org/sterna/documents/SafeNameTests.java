package org.sterna.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTests {

    @ParameterizedTest
    @CsvSource({
        "letter.pdf, letter.pdf",
        "Lettre signée.PDF, Lettre signée.PDF",
        "../../etc/passwd, passwd.pdf",
        "C:\\Users\\me\\letter.pdf, letter.pdf",
        "letter.exe, letter.pdf",
        "letter.pdf.exe, letter.pdf",
        "Report v1.2, Report v1.2.pdf",
        "..., document.pdf",
        ".pdf, pdf.pdf",
        "con.pdf, _con.pdf",
        "a<b>:c|d?.pdf, a_b__c_d_.pdf",
        "письмо.pdf, письмо.pdf",
        "'', document.pdf"
    })
    void keepsWhatIsHarmlessAndCorrectsTheRest(String sent, String kept) {
        assertThat(SafeName.of(sent, PaperType.PDF)).isEqualTo(kept);
    }

    @Test
    void dropsCharactersThatHideOrTurnTheName() {
        assertThat(SafeName.of("gpj\u202e\u0000\r\n.let\u200bter\u2028.pdf", PaperType.PDF))
                .isEqualTo("gpj.letter .pdf");
    }

    @Test
    void cutsLongNamesAndKeepsTheExtension() {
        assertThat(SafeName.of("é".repeat(400) + ".jpeg", PaperType.JPEG))
                .hasSize(150)
                .endsWith("é.jpg");
    }

    @Test
    void givesEveryRandomNameTheExtensionOfItsTypeAndNoControlCharacter() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String sent = random.ints(random.nextInt(300), 0, 0x11000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(SafeName.of(sent, PaperType.PNG))
                    .endsWithIgnoringCase(".png")
                    .hasSizeLessThanOrEqualTo(150)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]");
        }
    }
}
