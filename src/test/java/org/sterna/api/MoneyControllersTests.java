package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.campaigns.BulkActs;
import org.sterna.obligations.Obligations;
import org.sterna.register.Accounts;
import org.sterna.register.Basis;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Imports;
import org.sterna.register.Imports.Change;
import org.sterna.register.Imports.Kind;
import org.sterna.register.Parties;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

@ApiSlice
class MoneyControllersTests {

    private static final String FILE = "party,from_year,percent,basis,source\nCHE,2025,1.134,,Scale\n";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Parties parties;

    @Autowired
    Contributions contributions;

    @Autowired
    Scale scale;

    @Autowired
    Imports imports;

    @Autowired
    BulkActs acts;

    @Autowired
    Obligations obligations;

    private static final UUID LOAD = UUID.fromString("6a1f1b7e-0c1c-4a56-9a5e-2d0f0c9f6f12");

    @BeforeEach
    void know() {
        Samples.know(accounts);
        Samples.know(parties);
        BigDecimal amount = new BigDecimal("100.00");
        given(contributions.standing("CHE"))
                .willReturn(new Standing(
                        "CHE",
                        true,
                        false,
                        2026,
                        amount,
                        amount,
                        new BigDecimal("0.00"),
                        amount,
                        3,
                        3,
                        amount,
                        List.of(),
                        2026,
                        2026));
        given(contributions.years("CHE"))
                .willReturn(List.of(new Contribution(
                        "CHE",
                        2026,
                        "UNEP-1",
                        amount,
                        amount,
                        Basis.SOURCED,
                        "Invoice",
                        List.of(new Contribution.Payment(
                                UUID.randomUUID(),
                                amount,
                                Contribution.Currency.EUR,
                                null,
                                LocalDate.of(2026, 2, 1),
                                "REF-1",
                                null,
                                Samples.NOW,
                                "che-nfp",
                                null)),
                        List.of())));
        given(scale.of("CHE"))
                .willReturn(Optional.of(new Scale.Share("CHE", 2025, new BigDecimal("1.134"), Basis.SOURCED, "Scale")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "secretariat"})
    void tellsWhatAPartyOwes(String username) {
        assertThat(mvc.get().uri("/api/v1/parties/CHE/contributions").with(user(username)))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"party": "CHE", "known": true, "year": 2026, "balance": 0.00, "arrears": 100.00,
                         "yearsInArrears": 3, "limit": 3, "rightsLost": true, "restoring": 100.00,
                         "unScalePercent": 1.134, "notInvoiced": [],
                         "years": [{"year": 2026, "invoiceNo": "UNEP-1", "assessed": 100.00, "paid": 100.00,
                           "balance": 0.00, "basis": "sourced", "source": "Invoice",
                           "payments": [{"amount": 100.00, "currency": "EUR", "exchangeRate": null,
                             "paidOn": "2026-02-01", "reference": "REF-1", "notifiedAt": "2026-11-24T09:00:00Z",
                             "received": null, "matchedAt": null, "matchedBy": null}],
                           "disputes": []}]}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/parties/KEN/contributions", "/api/v1/parties/XXX/contributions"})
    void tellsAPartyNothingOfOthers(String address) {
        assertThat(mvc.get().uri(address).with(user("che-nfp"))).hasStatus(404);
    }

    private MvcTestResult post(String address, String username) {
        return mvc.post()
                .uri(address)
                .with(user(username))
                .contentType("text/csv")
                .content(FILE)
                .exchange();
    }

    private static Imports.Result sound() {
        return new Imports.Result(
                LOAD,
                Kind.SHARES,
                List.of(new Imports.Line(2, List.of("CHE", "2025", "1.134", "", "Scale"), Change.NEW)),
                List.of());
    }

    @Test
    void loadsAFile() {
        given(imports.load(any(), any(), any(Imports.Loading.class))).willReturn(sound());

        assertThat(post("/api/v1/imports/shares", "secretariat"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"id": "6a1f1b7e-0c1c-4a56-9a5e-2d0f0c9f6f12", "kind": "shares", "written": true,
                         "columns": ["party", "from_year", "percent", "basis", "source"],
                         "lines": [{"line": 2, "values": ["CHE", "2025", "1.134", "", "Scale"], "change": "new",
                                    "differences": []}],
                         "steps": 0}
                        """);
        then(imports).should().load(Kind.SHARES, FILE.getBytes(), new Imports.Loading("", "", "secretariat"));
    }

    @Test
    void loadsWithTheFilesNameAndTheReasonAndSaysHowManyStepsItCompletes() {
        given(imports.load(any(), any(), any(Imports.Loading.class))).willReturn(sound());
        given(acts.progress(LOAD)).willReturn(Optional.of(completing()));

        assertThat(post("/api/v1/imports/shares?name=scale.csv&reason=The scale was corrected.", "secretariat"))
                .bodyJson()
                .extractingPath("steps")
                .isEqualTo(133);
        then(imports)
                .should()
                .load(
                        Kind.SHARES,
                        FILE.getBytes(),
                        new Imports.Loading("scale.csv", "The scale was corrected.", "secretariat"));
    }

    @Test
    void tellsWhatCameOfEachStepThatAFileCompletes() {
        UUID owed = UUID.randomUUID();
        given(acts.progress(LOAD)).willReturn(Optional.of(completing()));
        given(acts.items(LOAD))
                .willReturn(List.of(new BulkActs.Item(owed, BulkActs.State.REFUSED, "Nothing waits for it.")));
        given(obligations.findAll(any())).willReturn(List.of());

        assertThat(mvc.get().uri("/api/v1/imports/" + LOAD + "/steps").with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"file": "invoices.csv", "running": true, "total": 133, "done": 100, "refused": 1, "failed": 0,
                         "steps": [{"obligation": "%s", "state": "refused", "reason": "Nothing waits for it."}]}
                        """.formatted(owed));
        assertThat(mvc.get().uri("/api/v1/imports/" + LOAD + "/steps").with(user("che-nfp")))
                .hasStatus(403);
        assertThat(mvc.get()
                        .uri("/api/v1/imports/" + UUID.randomUUID() + "/steps")
                        .with(user("secretariat")))
                .hasStatus(404);
    }

    private static BulkActs.Progress completing() {
        return new BulkActs.Progress(
                new BulkActs.Act(
                        LOAD, BulkActs.Kind.COMPLETE, null, null, "invoices.csv", "secretariat", Locale.ENGLISH),
                Instant.EPOCH,
                133,
                100,
                1,
                0);
    }

    @Test
    void onlyChecksWhereAsked() {
        given(imports.check(any(), any())).willReturn(sound());

        assertThat(post("/api/v1/imports/shares?check=true", "secretariat"))
                .bodyJson()
                .extractingPath("written")
                .isEqualTo(false);
        then(imports).should(never()).load(any(), any(), any(Imports.Loading.class));
    }

    @Test
    void answersWithEveryWrongLine() {
        given(imports.load(any(), any(), any(Imports.Loading.class)))
                .willReturn(new Imports.Result(
                        LOAD, Kind.SHARES, List.of(), List.of(new Imports.Fault(2, "percent", "Not a share."))));

        MvcTestResult answer = post("/api/v1/imports/shares", "secretariat");

        assertThat(answer).hasStatus(422);
        assertThat(answer)
                .bodyJson()
                .extractingPath("violations")
                .asArray()
                .containsExactly(Map.of("field", "line[2].percent", "message", "Not a share."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"che-nfp", "admin"})
    void loadsForTheSecretariatOnly(String username) {
        assertThat(post("/api/v1/imports/shares", username)).hasStatus(403);
        then(imports).shouldHaveNoInteractions();
    }

    @Test
    void knowsNoOtherKind() {
        assertThat(post("/api/v1/imports/gold", "secretariat")).hasStatus(404);
    }
}
