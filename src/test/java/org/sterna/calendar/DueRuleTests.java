package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.calendar.DueRule.Counting;
import org.sterna.calendar.DueRule.Fit;
import org.sterna.calendar.DueRule.Start;

class DueRuleTests {

    @ParameterizedTest
    @CsvSource({
        "opened+30D, OPENED, P30D, CALENDAR_DAYS, ANY",
        "opened+P6M, OPENED, P6M, CALENDAR_DAYS, ANY",
        "opened+10WD, OPENED, P10D, SECRETARIAT_WORKING_DAYS, ANY",
        "opened+10PWD, OPENED, P10D, PARTY_WORKING_DAYS, ANY",
        "COP-150D, COP_OPENING, P-150D, CALENDAR_DAYS, COP",
        "COP-P6M, COP_OPENING, P-6M, CALENDAR_DAYS, COP",
        "COP-5WD, COP_OPENING, P-5D, SECRETARIAT_WORKING_DAYS, COP",
        "COP-close+30D, COP_CLOSING, P30D, CALENDAR_DAYS, COP",
        "COP-close+P1Y, COP_CLOSING, P1Y, CALENDAR_DAYS, COP",
        "StC-30D, STANDING_COMMITTEE_OPENING, P-30D, CALENDAR_DAYS, STANDING_COMMITTEE",
        "StC-close+30D, STANDING_COMMITTEE_CLOSING, P30D, CALENDAR_DAYS, STANDING_COMMITTEE",
        "meeting-45D, MEETING_OPENING, P-45D, CALENDAR_DAYS, MEETING",
        "meeting-close+30D, MEETING_CLOSING, P30D, CALENDAR_DAYS, MEETING",
        "next-COP-P9M, NEXT_COP_OPENING, P-9M, CALENDAR_DAYS, COP",
        "due-14D, DUE, P-14D, CALENDAR_DAYS, ANY",
        "due-10PWD, DUE, P-10D, PARTY_WORKING_DAYS, ANY",
        "step+30D, STEP, P30D, CALENDAR_DAYS, ANY",
        "H-close+0D, HALF_YEAR_END, P0D, CALENDAR_DAYS, HALF_YEAR"
    })
    void readsARule(String text, Start start, Period after, Counting counting, Fit fit) {
        DueRule rule = DueRule.parse(text);

        assertThat(rule).isEqualTo(new DueRule(text, start, after, counting, null));
        assertThat(rule.fits()).isEqualTo(fit);
        assertThat(rule.dependsOnParty()).isEqualTo(counting == Counting.PARTY_WORKING_DAYS);
    }

    @Test
    void readsADayOfTheYear() {
        DueRule rule = DueRule.parse("YYYY-03-31");

        assertThat(rule.day()).isEqualTo(MonthDay.of(3, 31));
        assertThat(rule.fits()).isEqualTo(Fit.YEAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "opened",
                "opened+0D",
                "step-30D",
                "opened-30D",
                "opened+P",
                "opened+P0D",
                "opened+P-6M",
                "opened+PT6H",
                "opened+30",
                "opened+30d",
                "opened+12345D",
                "opened+P999999999Y",
                "opened+P6MWD",
                "cop-150D",
                "COP",
                "COP-close",
                "COP-6M",
                "T-14D",
                "2027-03-31",
                "YYYY-02-29",
                "YYYY-02-30",
                "YYYY-13-01",
                "YYYY-3-31"
            })
    void saysWhatCanBeWrittenWhereARuleCannotBeRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DueRule.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("write for example opened+30D");
    }

    @ParameterizedTest
    @CsvSource({
        "COP-150D, ",
        "COP-150D@Africa/Nairobi, Africa/Nairobi",
        "YYYY-03-31@America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "COP+1D@meeting, meeting",
        "meeting-close+5WD@meeting, meeting"
    })
    void readsTheZoneInWhichTheDayEnds(String text, @Nullable String zone) {
        DueRule rule = DueRule.parse(text);

        assertThat(rule.zone()).isEqualTo(zone);
        assertThat(rule.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"COP-150D@Nairobi", "COP-150D@+03:00", "COP-150D@", "opened+30D@meeting", "YYYY-03-31@meeting"})
    void saysWhichZonesCanBeNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DueRule.parse(text))
                .withMessageContaining("'" + text + "' names the time zone")
                .withMessageContaining("write for example @Africa/Nairobi, or @meeting");
    }

    @Test
    void givesNoDeadlineOfItsOwnWhereMoreIsNeeded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DueRule.parse("COP-150D").from(LocalDate.EPOCH, ZoneId.of("Europe/Berlin")));
    }
}
