package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.BulkActs.Act;
import org.sterna.campaigns.BulkActs.Item;
import org.sterna.campaigns.BulkActs.Kind;
import org.sterna.campaigns.BulkActs.Progress;
import org.sterna.campaigns.BulkActs.State;
import org.sterna.engine.Jobs;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.InvoicesLoaded;

/** The same act on many obligations; each test with an occasion of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:bulk;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false",
            "sterna.campaigns.bulk.enabled=false"
        })
@ActiveProfiles("demo")
@Import({Jobs.class, BulkActsTests.Fragile.class})
class BulkActsTests {

    private static final String DUTY = "nomination-confirmation";

    /** Cases whose acts go wrong where a test says so. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Fragile {

        private static final Set<UUID> BROKEN = new HashSet<>();

        @Bean
        static BeanPostProcessor fragileActs() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof CaseActs acts ? new FragileActs(acts) : bean;
                }
            };
        }
    }

    private record FragileActs(CaseActs acts) implements CaseActs {

        @Override
        public void remind(UUID obligationId, String username) {
            acts.remind(obligationId, username);
        }

        @Override
        public void extend(UUID obligationId, LocalDate until, String reason, String username) {
            acts.extend(obligationId, until, reason, username);
            if (Fragile.BROKEN.contains(obligationId)) {
                throw new IllegalStateException("The machine stumbled");
            }
        }

        @Override
        public void excuse(UUID obligationId, String reason, String username) {
            acts.excuse(obligationId, reason, username);
        }

        @Override
        public void closeAsNotDelivered(UUID obligationId, String reason, String username) {
            acts.closeAsNotDelivered(obligationId, reason, username);
        }

        @Override
        public void reassign(UUID obligationId, String role, String reason, String username) {
            acts.reassign(obligationId, role, reason, username);
        }

        @Override
        public void complete(UUID obligationId, String file, String username) {
            acts.complete(obligationId, file, username);
        }

        @Override
        public List<UUID> answered(Collection<InvoicesLoaded.Of> invoices) {
            return acts.answered(invoices);
        }
    }

    @Autowired
    BulkActs bulk;

    @Autowired
    BulkRunner runner;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Obligations obligations;

    @Autowired
    Jobs jobs;

    @Autowired
    Clock clock;

    private List<Obligation> opened(String occasion) {
        campaigns.open(DUTY, occasion, List.of("CHE", "FRA", "KEN"), "secretariat");
        jobs.runDue();
        return obligations
                .list(new Obligations.Filter(DUTY, null, occasion, Set.of(), false), 0, 10)
                .items();
    }

    private static Act act(Kind kind, LocalDate until, String role) {
        return new Act(UUID.randomUUID(), kind, until, role, "The meeting was moved.", "secretariat", Locale.ENGLISH);
    }

    private static List<UUID> ids(List<Obligation> obligations) {
        return obligations.stream().map(Obligation::id).toList();
    }

    private LocalDate inDays(int days) {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC).plusDays(days);
    }

    @Test
    void extendsAllChosenAndSaysWhoCouldNotBe() {
        List<Obligation> chosen = opened("extended");
        Act earlier = act(Kind.EXTEND, inDays(60), null);
        bulk.start(earlier, List.of(chosen.get(0).id()));
        runner.workOff();
        Act act = act(Kind.EXTEND, inDays(50), null);

        bulk.start(act, ids(chosen));
        assertThat(bulk.progress(act.id()).orElseThrow().running()).isTrue();
        runner.workOff();

        Progress progress = bulk.progress(act.id()).orElseThrow();
        assertThat(progress.running()).isFalse();
        assertThat(progress.done()).isEqualTo(2);
        assertThat(progress.refused()).isEqualTo(1);
        assertThat(bulk.items(act.id()).get(0))
                .isEqualTo(new Item(
                        chosen.get(0).id(), State.REFUSED, "The deadline is not earlier than that day already."));
        assertThat(obligations.find(chosen.get(1).id()).orElseThrow().deadline().on())
                .isEqualTo(inDays(50));
    }

    @Test
    void doesAnActAskedForTwiceOnce() {
        List<Obligation> chosen = opened("twice");
        Act act = act(Kind.REMIND, null, null);

        bulk.start(act, ids(chosen));
        bulk.start(act, ids(chosen));
        runner.workOff();

        assertThat(bulk.items(act.id())).hasSize(3).allMatch(item -> item.state() == State.DONE);
        assertThat(bulk.latest(10)).extracting(one -> one.act().id()).containsOnlyOnce(act.id());
    }

    @Test
    void letsOneThatFailsStopNobodyElseAndLeaveNoTrace() {
        List<Obligation> chosen = opened("fragile");
        Obligation broken = chosen.get(1);
        Fragile.BROKEN.add(broken.id());
        Act act = act(Kind.EXTEND, inDays(70), null);

        bulk.start(act, ids(chosen));
        runner.workOff();

        Progress progress = bulk.progress(act.id()).orElseThrow();
        assertThat(tuple(progress.done(), progress.refused(), progress.failed()))
                .isEqualTo(tuple(2, 0, 1));
        assertThat(obligations.find(broken.id()).orElseThrow().deadline()).isEqualTo(broken.deadline());
        Fragile.BROKEN.clear();
        assertThat(bulk.retry(act.id())).isEqualTo(1);
        runner.workOff();
        assertThat(bulk.progress(act.id()).orElseThrow().done()).isEqualTo(3);
    }

    @Test
    void excusesAndGivesToAnotherSeat() {
        List<Obligation> chosen = opened("others");
        Act reassign = act(Kind.REASSIGN, null, "min");
        Act excuse = act(Kind.EXCUSE, null, null);

        bulk.start(reassign, ids(chosen));
        runner.workOff();
        assertThat(obligations.tasks(ids(chosen)).values())
                .allSatisfy(tasks -> assertThat(tasks.get(0).seatCode()).startsWith("min-"));
        bulk.start(excuse, ids(chosen));
        runner.workOff();

        assertThat(obligations.findAll(ids(chosen))).allMatch(one -> one.state() == Obligation.State.EXCUSED);
    }
}
