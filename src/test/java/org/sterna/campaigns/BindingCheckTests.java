package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sterna.calendar.DueRule;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.InvalidCatalogue;
import org.sterna.register.Instruments;

class BindingCheckTests {

    private final Duties duties = mock();
    private final Instruments instruments = mock();

    @ParameterizedTest
    @CsvSource({
        "OF_REGION, africa, ",
        "OF_REGION, south-central-america-caribbean, ",
        "OF_INSTRUMENT, , AEWA",
        "OF_INSTRUMENT, , Sharks MOU",
        "ALL, , "
    })
    void letsPassWhatTheRegisterKnows(Duty.Bound parties, @Nullable String region, @Nullable String instrument) {
        given(duties.all()).willReturn(List.of(duty(parties, region, instrument)));

        assertThatNoException().isThrownBy(this::check);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OF_REGION     | Afrika |       | binds.region: there is no region 'Afrika'; write one of africa, asia
            OF_REGION     | AFRICA |       | binds.region: there is no region 'AFRICA'
            OF_INSTRUMENT |        | AEWAA | binds.instrument: there is no instrument 'AEWAA'; write one of AEWA, Sharks MOU
            """)
    void namesFileAndFieldOfWhatItDoesNotKnow(
            Duty.Bound parties, @Nullable String region, @Nullable String instrument, String fault) {
        given(duties.all()).willReturn(List.of(duty(parties, region, instrument)));

        assertThatExceptionOfType(InvalidCatalogue.class)
                .isThrownBy(this::check)
                .withMessageContaining("processes/some-duty/duty.yaml: " + fault);
    }

    private void check() {
        given(instruments.all())
                .willReturn(List.of(
                        new Instruments.Instrument("AEWA", "African-Eurasian Waterbirds", Instruments.Kind.AGREEMENT),
                        new Instruments.Instrument("Sharks MOU", "Migratory Sharks", Instruments.Kind.MOU)));
        CatalogueFaults faults = new CatalogueFaults();
        new BindingCheck(duties, instruments, faults);
        faults.stop();
    }

    private static Duty duty(Duty.Bound parties, @Nullable String region, @Nullable String instrument) {
        return new Duty(
                "some-duty",
                "D99",
                "nfp",
                Duty.Kind.EVENT,
                false,
                new DueRule("opened+30D", Period.ofDays(30)),
                15,
                List.of(),
                new Duty.Binding(parties, region, instrument, null, Duty.Suggestion.ALL, null),
                "Made up",
                true,
                List.of());
    }
}
