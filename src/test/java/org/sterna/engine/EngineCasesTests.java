package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
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
    private final StaticMessageSource messages = new StaticMessageSource();
    private final Cases cases = new EngineCases(
            mock(ProcessEngine.class),
            ledger,
            mock(Obligations.class),
            mock(Seats.class),
            mock(DeadlineMove.class),
            mock(SendNoticeWord.class),
            mock(Case.class),
            mock(Resumption.class),
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
