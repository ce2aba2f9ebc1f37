package org.sterna.notices;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.register.Addresses;

@Component
class JdbcDeliveryFailures implements DeliveryFailures {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcDeliveryFailures.class);

    private final FailureLog log;
    private final Undeliverable undeliverable;
    private final Addresses addresses;
    private final Outbox outbox;
    private final Deliveries deliveries;
    private final TransactionTemplate transaction;

    JdbcDeliveryFailures(
            FailureLog log,
            Undeliverable undeliverable,
            Addresses addresses,
            Outbox outbox,
            Deliveries deliveries,
            PlatformTransactionManager transactions) {
        this.log = log;
        this.undeliverable = undeliverable;
        this.addresses = addresses;
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Limit limit() {
        return log.limit();
    }

    @Override
    public long waiting() {
        return log.countWaiting();
    }

    @Override
    public List<Doubt> doubts() {
        Map<String, Doubt> newest = new LinkedHashMap<>();
        log.waiting().forEach(one -> newest.putIfAbsent(Outbox.key(one.doubt().email()), one.doubt()));
        return List.copyOf(newest.values());
    }

    @Override
    public int mark(long newest, String username) {
        return transaction.execute(status -> {
            List<FailureLog.Waiting> waiting = log.waiting(newest);
            log.decide(newest, FailureLog.State.CONFIRMED, username);
            waiting.forEach(one -> outbox.find(one.doubt().noticeId())
                    .ifPresent(notice -> undeliverable.passOn(
                            notice, one.fault(), one.doubt().said())));
            return addresses(waiting).size();
        });
    }

    @Override
    public int forget(long newest, boolean again, String username) {
        List<FailureLog.Waiting> forgotten = transaction.execute(status -> {
            List<FailureLog.Waiting> waiting = log.waiting(newest);
            log.decide(newest, FailureLog.State.FORGOTTEN, username);
            return waiting;
        });
        if (again) {
            Set<UUID> notices = new LinkedHashSet<>();
            forgotten.forEach(one -> notices.add(one.doubt().noticeId()));
            notices.forEach(id -> again(id, username));
        }
        return addresses(forgotten).size();
    }

    private void again(UUID noticeId, String username) {
        try {
            deliveries.resend(noticeId, username);
        } catch (IllegalStateException meanwhile) {
            // somebody sent it anew, or its seat is vacant: that stands on the page of the notice
            LOG.info("Notice {} is not sent anew: {}", noticeId, meanwhile.getMessage());
        }
    }

    private static Set<String> addresses(List<FailureLog.Waiting> waiting) {
        return waiting.stream().map(one -> Outbox.key(one.doubt().email())).collect(Collectors.toSet());
    }

    @Override
    public List<Repeated> repeated() {
        List<Repeated> failing = log.repeated();
        if (failing.isEmpty()) {
            return failing;
        }
        Set<String> marked = addresses.unusable().stream()
                .map(one -> Addresses.key(one.email()))
                .collect(Collectors.toSet());
        return failing.stream().filter(one -> !marked.contains(one.email())).toList();
    }

    @Override
    public boolean mark(String email, String username) {
        return transaction.execute(status -> {
            String said = log.lastSaid(email);
            log.decide(email, FailureLog.State.CONFIRMED, username);
            return said != null && addresses.mark(email, Addresses.Fault.BOUNCED, said);
        });
    }

    @Override
    public void dismiss(String email, String username) {
        log.decide(email, FailureLog.State.DISMISSED, username);
    }

    @Override
    public Set<String> contradicted(Collection<Addresses.Unusable> marked) {
        Set<String> suspects = marked.stream()
                .filter(one -> one.fault() == Addresses.Fault.BOUNCED)
                .filter(one -> DeliveryRules.TABLE.judge(ServerReply.in(one.said())) != DeliveryVerdict.GONE)
                .map(one -> Addresses.key(one.email()))
                .collect(Collectors.toSet());
        suspects.removeAll(log.confirmed(Set.copyOf(suspects)));
        return suspects;
    }
}
