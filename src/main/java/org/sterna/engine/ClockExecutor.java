package org.sterna.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.ProcessDataContext;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.BackoffJobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's own job executor, but that timers of different cases which are due at once are handed to one thread, and
 * that the reminder clocks among them fire in one transaction. If they cannot, each of them is a job like any other:
 * tried alone, tried again later, and in the end an incident of its own case.
 */
final class ClockExecutor extends SpringJobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(ClockExecutor.class);

    private final FiringClocks clocks;

    ClockExecutor(FiringClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    protected void ensureInitialization() {
        setAcquireJobsCmdFactory(Acquisition::new);
        super.ensureInitialization();
        acquireJobsRunnable = new SequentialJobAcquisitionRunnable(this) {

            @Override
            protected JobAcquisitionStrategy initializeAcquisitionStrategy() {
                return new RoomForMany();
            }
        };
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return jobIds.size() > 1 ? new Several(jobIds, engine) : super.getExecuteJobsRunnable(jobIds, engine);
    }

    /**
     * Takes either half of what it may take, or nothing: while more is due than the threads get done, each look for jobs
     * reads all that is due from the beginning, and one whenever a thread is free would bring a single batch.
     */
    final class RoomForMany extends BackoffJobAcquisitionStrategy {

        RoomForMany() {
            super(ClockExecutor.this);
        }

        @Override
        public int getNumJobsToAcquire(String engineName) {
            int room = super.getNumJobsToAcquire(engineName);
            return room < baseNumJobsToAcquire / 2 ? 0 : room;
        }
    }

    /**
     * Looks for as many timers as fill what is asked for, and puts them together. Others are taken no more than asked
     * for: what waits here for a thread is locked for a while only, and other nodes have threads too.
     */
    private final class Acquisition extends AcquireJobsCmd {

        private final int most;
        private final List<String> timers = new ArrayList<>();
        private final Set<String> others = new HashSet<>();
        private int seen;

        Acquisition(int most) {
            super(ClockExecutor.this, most * FiringClocks.AT_ONCE);
            this.most = most;
        }

        @Override
        protected void lockJob(AcquirableJobEntity job) {
            seen++;
            if (job.getDuedate() != null && job.getProcessInstanceId() != null) {
                timers.add(job.getId());
            } else if (others.size() < most) {
                others.add(job.getId());
            } else {
                return;
            }
            super.lockJob(job);
        }

        @Override
        public AcquiredJobs execute(CommandContext command) {
            AcquiredJobs found = super.execute(command);
            List<List<String>> batches = new ArrayList<>();
            List<String> alone = new ArrayList<>();
            for (List<String> ofOneCase : found.getJobIdBatches()) {
                if (ofOneCase.size() == 1 && timers.contains(ofOneCase.get(0))) {
                    alone.addAll(ofOneCase);
                } else {
                    batches.add(ofOneCase.stream()
                            .filter(id -> timers.contains(id) || others.contains(id))
                            .collect(Collectors.toCollection(ArrayList::new)));
                }
            }
            for (int from = 0; from < alone.size(); from += FiringClocks.AT_ONCE) {
                batches.add(new ArrayList<>(alone.subList(from, Math.min(from + FiringClocks.AT_ONCE, alone.size()))));
            }
            batches.removeIf(List::isEmpty);
            // the engine looks again at once if it got as many as it asked for
            acquiredJobs = new AcquiredJobs(seen < numJobsToAcquire ? batches.size() + 1 : batches.size());
            // what another node locked meanwhile is taken out again
            batches.forEach(acquiredJobs::addJobIdBatch);
            return acquiredJobs;
        }
    }

    /** Fires together what can be, and leaves the rest to the engine. */
    private final class Several extends ExecuteJobsRunnable {

        Several(List<String> jobIds, ProcessEngineImpl engine) {
            super(new ArrayList<>(jobIds), engine);
        }

        @Override
        public void run() {
            JobExecutorContext context = new JobExecutorContext();
            if (isActive() && fired(context)) {
                jobIds.clear();
                // what the cases want done next, and the engine has locked for this thread
                jobIds.addAll(context.getCurrentProcessorJobQueue());
            }
            super.run();
        }

        private boolean fired(JobExecutorContext context) {
            ProcessEngineConfigurationImpl configuration = processEngine.getProcessEngineConfiguration();
            Context.setJobExecutorContext(context);
            ClassLoader before = switchClassLoader();
            try {
                return clocks.together(jobIds);
            } catch (RuntimeException e) {
                LOG.info("{} cases are looked at one by one, as together it failed: {}", jobIds.size(), e.toString());
                return false;
            } finally {
                new ProcessDataContext(configuration).clearMdc();
                Context.removeJobExecutorContext();
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }
}
