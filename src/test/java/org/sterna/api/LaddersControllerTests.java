package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.InvalidLadders;
import org.sterna.notices.Ladders;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

@ApiSlice
class LaddersControllerTests {

    private static final Ladders.Scope COP15 = new Ladders.Scope("national-report", "due", "cop15", null);
    private static final String RUNGS =
            "\"rungs\": [{\"kind\": \"reminder\", \"offset\": \"-P10D\", \"to\": [\"nfp\", \"alt\"]}]";

    @Autowired
    MockMvcTester http;

    @Autowired
    Accounts accounts;

    @Autowired
    Duties duties;

    @Autowired
    Ladders ladders;

    @BeforeEach
    void pretend() {
        for (Account account : List.of(Samples.SECRETARIAT, Samples.CHE)) {
            given(accounts.find(account.username())).willReturn(Optional.of(account));
        }
        Duty duty = mock();
        given(duties.find("national-report")).willReturn(Optional.of(duty));
        given(ladders.find(COP15))
                .willReturn(Optional.of(new Ladders.Own(
                        COP15,
                        List.of(new Rung(
                                "reminder-10",
                                Rung.Kind.REMINDER,
                                Period.ofDays(-10),
                                List.of("nfp", "alt"),
                                List.of(),
                                false)),
                        "secretariat",
                        Samples.NOW)));
    }

    @Test
    void setsALadderForAnOccasion() {
        MvcTestResult answer =
                put("{\"duty\": \"national-report\", \"occasion\": \"cop15\", " + RUNGS + "}", Samples.SECRETARIAT);

        assertThat(answer)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.rungs[0].offset")
                .isEqualTo("-P10D");
        then(ladders)
                .should()
                .set(
                        COP15,
                        List.of(new Ladders.Line("reminder", "-P10D", "nfp,alt", "", false)),
                        Samples.SECRETARIAT.username());
    }

    @Test
    void setsWhichTextAStepSends() {
        put("""
                {"duty": "national-report", "occasion": "cop15", "rungs": [
                  {"kind": "overdue", "offset": "P14D", "to": ["nfp"], "text": "overdue-left-out"}]}
                """, Samples.SECRETARIAT);

        then(ladders)
                .should()
                .set(
                        COP15,
                        List.of(new Ladders.Line("overdue", "P14D", "nfp", "", false, "overdue-left-out")),
                        Samples.SECRETARIAT.username());
    }

    @Test
    void isForTheSecretariatOnly() {
        assertThat(put("{\"duty\": \"national-report\", \"occasion\": \"cop15\", " + RUNGS + "}", Samples.CHE))
                .hasStatus(403);
        assertThat(http.get().uri("/api/v1/ladders").with(user(Samples.CHE.username())))
                .hasStatus(403);
        assertThat(http.delete()
                        .uri("/api/v1/ladders?duty=national-report&occasion=cop15")
                        .with(user(Samples.CHE.username())))
                .hasStatus(403);
        then(ladders).should(never()).set(any(), any(), any());
        then(ladders).should(never()).clear(any(), any());
    }

    @Test
    void namesEachFaultWithItsRemedy() {
        willThrow(InvalidLadders.of(0, "to", "ladder.fault.nobody"))
                .given(ladders)
                .set(any(), any(), any());

        MvcTestResult answer =
                put("{\"duty\": \"national-report\", \"occasion\": \"cop15\", " + RUNGS + "}", Samples.SECRETARIAT);

        assertThat(answer)
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[0].field")
                .isEqualTo("rungs[0].to");
    }

    @Test
    void asksForAnOccasionOrAParty() {
        assertThat(put("{\"duty\": \"national-report\", " + RUNGS + "}", Samples.SECRETARIAT))
                .hasStatus(422);
        assertThat(put("{\"duty\": \"nothing\", \"occasion\": \"cop15\", " + RUNGS + "}", Samples.SECRETARIAT))
                .hasStatus(422);
    }

    private MvcTestResult put(String body, Account caller) {
        return http.put()
                .uri("/api/v1/ladders")
                .with(user(caller.username()))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
