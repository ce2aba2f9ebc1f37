package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.register.Parties;
import org.sterna.register.SeatRole;

@ApiSlice
@WithMockUser("che-nfp")
class CatalogueControllersTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Duties duties;

    @Autowired
    Words words;

    @Autowired
    Parties parties;

    @BeforeEach
    void know() {
        Samples.know(duties);
        Samples.know(words);
        Samples.know(parties);
    }

    @Test
    void listsDutiesWithTitlesRuleAndSteps() {
        assertThat(mvc.get().uri("/api/v1/duties")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                [{"key": "nomination-confirmation", "code": "D01",
                  "title": {"en": "en:nomination-confirmation.title", "fr": "fr:nomination-confirmation.title",
                            "es": "es:nomination-confirmation.title"},
                  "kind": "event", "holder": "nfp", "deadline": "opened+30D", "assumed": true, "voluntary": false,
                  "basis": "seed",
                  "steps": [{"key": "submit-nomination", "seat": "nfp"},
                            {"key": "review-nomination", "seat": "secretariat"}]}]
                """);
    }

    @Test
    void listsPartiesWithWhetherTheirNominationIsConfirmed() {
        given(parties.withoutConfirmed(SeatRole.NFP)).willReturn(List.of(Samples.KENYA));

        assertThat(mvc.get().uri("/api/v1/parties")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                [{"code": "CHE", "name": {"en": "Switzerland", "fr": "Suisse", "es": "Suiza"},
                  "region": "europe", "language": "fr", "nominationConfirmed": true},
                 {"code": "KEN", "name": {"en": "Kenya", "fr": "Kenya", "es": "Kenya"},
                  "region": "africa", "language": "en", "nominationConfirmed": false}]
                """);
    }

    @Test
    void forbidsToStoreAnswers() {
        assertThat(mvc.get().uri("/api/v1/duties")).headers().hasValue("Cache-Control", "no-store");
    }
}
