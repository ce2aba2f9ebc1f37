package org.sterna.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.time.MovableClock;
import org.sterna.time.TimeMoved;

/** Fits the engine into the house: vocabulary, identity, tenants, ledger listeners, gates, clock. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EnginePlugin extends AbstractProcessEnginePlugin {

    static {
        // else the engine looks through the whole class path for it, for every timer
        System.getProperties()
                .putIfAbsent(
                        DatatypeFactory.class.getName(),
                        DatatypeFactory.newDefaultInstance().getClass().getName());
    }

    private final Vocabulary vocabulary;
    private final LedgerListeners listeners;
    private final SubmissionGate submissions;
    private final CommandGate commands;
    private final TaskNames names;
    private final Accounts accounts;
    private final Parties parties;
    private final StartCases starts;
    private final ReminderClock clock;
    private final JdbcClient database;
    private final ObjectProvider<MovableClock> movable;

    EnginePlugin(
            Vocabulary vocabulary,
            LedgerListeners listeners,
            SubmissionGate submissions,
            CommandGate commands,
            TaskNames names,
            Accounts accounts,
            Parties parties,
            StartCases starts,
            ReminderClock clock,
            JdbcClient database,
            ObjectProvider<MovableClock> movable) {
        this.vocabulary = vocabulary;
        this.listeners = listeners;
        this.submissions = submissions;
        this.commands = commands;
        this.names = names;
        this.accounts = accounts;
        this.parties = parties;
        this.starts = starts;
        this.clock = clock;
        this.database = database;
        this.movable = movable;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        // a closed map: expressions reach these words and no other bean of the application
        configuration.setBeans(Map.copyOf(vocabulary.words()));
        configuration.setExpressionManager(new VocabularyFirst(vocabulary.words()));
        configuration.setTenantIdProvider(new PartyTenant());
        configuration.setResourceAuthorizationProvider(new TaskGrants());
        configuration.setIdentityProviderSessionFactory(
                sessions(ReadOnlyIdentityProvider.class, () -> new RegisterIdentity(accounts, parties)));
        configuration.setHistoryEventProducer(new JobHistory());

        configuration.setCustomSessionFactories(with(
                with(
                        configuration.getCustomSessionFactories(),
                        sessions(DbEntityManager.class, () -> new ReadAhead(configuration))),
                sessions(JobManager.class, () -> new DueJobs(database))));
        configuration.setCustomJobHandlers(with(with(configuration.getCustomJobHandlers(), starts), clock));
        configuration.setCustomPostBPMNParseListeners(with(configuration.getCustomPostBPMNParseListeners(), listeners));
        configuration.setCustomPreCommandInterceptorsTxRequired(with(
                with(configuration.getCustomPreCommandInterceptorsTxRequired(), names.interceptor(configuration)),
                commands.interceptor(configuration)));
        configuration.setCustomPreCommandInterceptorsTxRequiresNew(with(
                configuration.getCustomPreCommandInterceptorsTxRequiresNew(), commands.interceptor(configuration)));
        configuration.setCustomPostCommandInterceptorsTxRequired(
                with(configuration.getCustomPostCommandInterceptorsTxRequired(), submissions.interceptor()));
        configuration.setCustomPostCommandInterceptorsTxRequiresNew(
                with(configuration.getCustomPostCommandInterceptorsTxRequiresNew(), submissions.interceptor()));

        follow();
    }

    private static <T> List<T> with(@Nullable List<T> present, T added) {
        List<T> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(added);
        return all;
    }

    /** The engine's clock runs with the application's. */
    @EventListener(TimeMoved.class)
    void follow() {
        movable.ifAvailable(clock -> ClockUtil.offset(clock.offset().toMillis()));
    }

    /** Has ours take the place of the engine's own of that type, one for each command. */
    private static SessionFactory sessions(Class<?> type, Supplier<Session> ours) {
        return new SessionFactory() {

            @Override
            public Class<?> getSessionType() {
                return type;
            }

            @Override
            public Session openSession() {
                return ours.get();
            }
        };
    }
}
