package org.sterna.engine;

import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;

/**
 * What the engine tells its history of jobs: that they were done, failed or were given up. That there is one to be done
 * the table of jobs tells; every clock would leave a row for each time it is set, whose ten indexes cost as much to
 * write as those of the job itself.
 */
class JobHistory extends CacheAwareHistoryEventProducer {

    @Override
    public @Nullable HistoryEvent createHistoricJobLogCreateEvt(Job job) {
        return null;
    }
}
