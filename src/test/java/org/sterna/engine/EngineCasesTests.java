package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.duties.Duty;
import org.sterna.notices.Closings;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Seats;

/** Acts of the Secretariat that meet somebody else's. */
class EngineCasesTests {

    private static final UUID ID = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d11");
    private static final String NOTE = "Telephoned with the ministry.";

    private final Ledger ledger = mock();
    private final Case theCase = mock();
    private final DeadlineMove move = mock();
    private final StaticMessageSource messages = new StaticMessageSource();
    private final Cases cases = new EngineCases(
            mock(ProcessEngine.class),
            ledger,
            mock(Obligations.class),
            mock(Seats.class),
            move,
            mock(SendNoticeWord.class),
            theCase,
            mock(Resumption.class),
            mock(Undelivered.class),
            new LastExtension(mock(Closings.class), messages),
            messages,
            TransactionOperations.withoutTransaction(),
            Clock.systemUTC());

    @BeforeEach
    void knowTheCase() {
        messages.setUseCodeAsDefaultMessage(true);
        given(ledger.lock(ID)).willReturn(Optional.of(mock(Obligation.class)));
    }

    @AfterEach
    void leaveTheTransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
    }

    private void noted(int often) {
        then(ledger).should(times(often)).record(eq(ID), eq(LedgerEvent.Kind.NOTED), eq("secretary"), any());
        then(ledger).should(times(often)).lock(ID);
    }

    @Test
    void areDoneAnewWhenTheCaseChangedAtTheSameMoment() {
        willThrow(new OptimisticLockingException("the reminder clock went on"))
                .willThrow(new CannotAcquireLockException("a deadlock"))
                .willDoNothing()
                .given(ledger)
                .record(any(), any(), any(), any());

        assertThatCode(() -> cases.note(ID, NOTE, "secretary")).doesNotThrowAnyException();

        noted(3);
    }

    @Test
    void sayThatSomebodyElseWasThereAfterThreeAttempts() {
        willThrow(new OptimisticLockingException("again and again"))
                .given(ledger)
                .record(any(), any(), any(), any());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cases.note(ID, NOTE, "secretary"))
                .withMessage("case.changed-meanwhile");

        noted(3);
    }

    @Test
    void areTriedOnceWithinALargerActWhichIsUndoneAsAWhole() {
        willThrow(new OptimisticLockingException("once")).given(ledger).record(any(), any(), any(), any());
        TransactionSynchronizationManager.setActualTransactionActive(true);

        assertThatThrownBy(() -> cases.note(ID, NOTE, "secretary")).isInstanceOf(OptimisticLockingException.class);

        noted(1);
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "true, true, false", "false, false, false"})
    void moveNoDeadlineThatEndsAWindowOfTheConvention(boolean hard, boolean assumed, boolean refused) {
        Obligation owed = mock();
        Duty duty = mock();
        Deadline extended =
                new Deadline(LocalDate.of(2027, 7, 1), ZoneOffset.UTC, Deadline.Origin.EXTENSION, "Asked for", false);
        given(ledger.lock(ID)).willReturn(Optional.of(owed));
        given(owed.state()).willReturn(Obligation.State.WITH_PARTY);
        given(owed.deadlineName()).willReturn("reservation");
        given(theCase.duty(owed)).willReturn(duty);
        given(duty.further("reservation"))
                .willReturn(Optional.of(new Duty.Further(
                        "reservation",
                        DueRule.parse("COP-close+90D"),
                        assumed,
                        "Made up",
                        hard,
                        false,
                        Set.of(),
                        List.of())));

        Throwable answer = catchThrowable(() -> cases.moveDeadline(ID, extended, "secretary"));

        if (refused) {
            assertThat(answer).isInstanceOf(IllegalArgumentException.class).hasMessage("case.deadline-fixed");
        }
        then(move).should(times(refused ? 0 : 1)).to(eq(owed), eq(extended), any(), any());
    }

    @Test
    void areNotRepeatedWhereTheyAreRefused() {
        given(ledger.lock(ID)).willReturn(Optional.empty());
        willDoNothing().given(ledger).record(any(), any(), any(), any());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cases.note(ID, NOTE, "secretary"))
                .withMessage("case.not-open");

        then(ledger).should(times(1)).lock(ID);
    }
}
