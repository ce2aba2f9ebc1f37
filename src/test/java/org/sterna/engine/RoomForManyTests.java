package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much the job executor takes at its next look. */
class RoomForManyTests {

    private static final String ENGINE = "an-engine";

    @ParameterizedTest(name = "of 12 taken {0} had no room: {1}")
    @CsvSource({"0, 12", "1, 11", "6, 6", "7, 0", "12, 0"})
    void isHalfOfWhatItMayTakeOrNothing(int rejected, int next) {
        ClockExecutor executor = new ClockExecutor(mock());
        executor.setMaxJobsPerAcquisition(12);
        ClockExecutor.RoomForMany room = executor.new RoomForMany();
        assertThat(room.getNumJobsToAcquire(ENGINE)).as("at first").isEqualTo(12);

        room.reconfigure(taken(12, rejected));

        assertThat(room.getNumJobsToAcquire(ENGINE)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "1, 1, 0"})
    void isWhatThereIsWhereLittleMayBeTaken(int most, int rejected, int next) {
        ClockExecutor executor = new ClockExecutor(mock());
        executor.setMaxJobsPerAcquisition(most);
        ClockExecutor.RoomForMany room = executor.new RoomForMany();

        room.reconfigure(taken(most, rejected));

        assertThat(room.getNumJobsToAcquire(ENGINE)).isEqualTo(next);
    }

    private static JobAcquisitionContext taken(int batches, int rejected) {
        JobAcquisitionContext context = new JobAcquisitionContext();
        AcquiredJobs taken = new AcquiredJobs(batches);
        IntStream.range(0, batches).forEach(batch -> taken.addJobIdBatch("job-" + batch));
        context.submitAcquiredJobs(ENGINE, taken);
        IntStream.range(0, rejected).forEach(batch -> context.submitRejectedBatch(ENGINE, List.of("job-" + batch)));
        return context;
    }
}
