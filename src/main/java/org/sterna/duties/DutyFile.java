package org.sterna.duties;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Rung;

/** A {@code duty.yaml} as written. Its fields are described at {@link Duty}. */
record DutyFile(
        @NotBlank(message = "is missing") @Pattern(regexp = "D\\d\\d", message = "is not a number such as D06")
        String code,

        @NotNull(message = "is missing, write nominations, reporting, resources, meetings, implementation or region")
        Duty.Group group,

        @NotBlank(message = "is missing") String holder,

        @NotNull(message = "is missing, write event, meeting, period, calendar or request")
        Duty.Kind kind,

        boolean voluntary,
        @NotNull(message = "is missing") @Valid Due deadline,

        @NotNull(message = "is missing, write the day after which it counts as not delivered, or rule: by-decision")
        @Valid
        Closes closes,

        @Min(value = 1, message = "must be at least 1 day")
        @Max(value = 366, message = "must be at most 366 days")
        @Nullable
        Integer correction,

        @Valid @Nullable Binds binds,
        @Valid @Nullable List<@NotNull(message = "is empty") Step> ladder,
        @Valid @Nullable Map<String, @NotNull(message = "is empty") FurtherDue> deadlines,
        @Nullable String opens,
        @Nullable String follows,
        @Nullable List<@NotNull(message = "is empty") String> meetings,
        @Valid @Nullable Years years,

        @Pattern(regexp = "shared|national", message = "must be shared or national") @Nullable
        String answers) {

    /** How long a Party has to correct a returned submission, if the file does not say; default, configurable. */
    static final int CORRECTION = 15;

    record Due(
            @NotBlank(message = "is missing, write for example opened+30D")
            String rule,

            @NotNull(message = "is missing, write true for a default that nobody notified, else false")
            Boolean assumed,

            @NotBlank(message = "is missing, write where the rule comes from")
            String basis) {}

    record Closes(
            @NotBlank(message = "is missing, write for example meeting-close+0D, due+P6M or by-decision")
            String rule,

            @NotNull(message = "is missing, write true for a default that nobody notified, else false")
            Boolean assumed,

            @NotBlank(message = "is missing, write where the rule comes from")
            String basis) {

        /** In place of a rule: only the Secretariat closes it. */
        static final String BY_DECISION = "by-decision";
    }

    record FurtherDue(
            @NotBlank(message = "is missing, write for example COP-7D")
            String rule,

            @NotNull(message = "is missing, write true for a default that nobody notified, else false")
            Boolean assumed,

            @NotBlank(message = "is missing, write where the rule comes from")
            String basis,

            @NotEmpty(message = "is missing, write the user tasks that are due by it")
            List<String> steps,

            boolean hard,
            boolean interim,
            @Valid @Nullable Closes closes,
            @Valid @Nullable List<@NotNull(message = "is empty") Step> ladder) {}

    record Binds(
            @Pattern(
                    regexp = "all|of-region|of-instrument|with-seat|eligible",
                    message = "must be all, of-region, of-instrument, with-seat or eligible")
            @NotBlank(message = "is missing, write all")
            String parties,

            Duty.@Nullable Suggestion suggests,
            @Nullable String role,
            @Nullable String region,
            @Nullable String instrument,
            @Nullable String decision) {}

    record Years(
            @NotNull(message = "is missing, write the first year, for example 1983")
            @Min(value = 1979, message = "must be at least 1979")
            @Max(value = 2199, message = "must be at most 2199")
            Integer first,

            @NotNull(message = "is missing, write how many years after the current one are allowed")
            @Min(value = 0, message = "must be at least 0")
            @Max(value = 50, message = "must be at most 50")
            Integer ahead,

            boolean each) {}

    /** A rung of the ladder. */
    record Step(
            @NotBlank(message = "is missing")
            @Pattern(
                    regexp = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                    message = "must be lower-case words joined by hyphens, such as reminder-14")
            String id,

            @NotNull(message = "is missing, write reminder, overdue or escalation")
            Rung.Kind kind,

            @NotBlank(message = "is missing, write for example -P14D")
            String offset,

            @NotEmpty(message = "is missing, write for example [nfp]")
            List<String> to,

            @Nullable List<String> copies,
            boolean decide,
            @Nullable String text) {}
}
