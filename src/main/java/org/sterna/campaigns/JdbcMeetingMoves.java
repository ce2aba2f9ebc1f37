package org.sterna.campaigns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;

/** The preview makes the change and takes it back, so that it can promise nothing that the confirmation does not do. */
@Component
class JdbcMeetingMoves implements MeetingMoves {

    private static final int LONGEST_REFERENCE = 200;

    private final Meetings meetings;
    private final NotifiableDates notifiable;
    private final Hanging hanging;
    private final MoveRecords records;
    private final MoveRunner runner;
    private final TransactionTemplate transaction;
    private final MessageSource messages;
    private final Clock clock;

    JdbcMeetingMoves(
            Meetings meetings,
            NotifiableDates notifiable,
            Hanging hanging,
            MoveRecords records,
            MoveRunner runner,
            PlatformTransactionManager transactions,
            MessageSource messages,
            Clock clock) {
        this.meetings = meetings;
        this.notifiable = notifiable;
        this.hanging = hanging;
        this.records = records;
        this.runner = runner;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Preview preview(Change change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            return make(change);
        }));
    }

    @Override
    public UUID confirm(Change change, String seen, String username) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Dates before = dates(change);
            Preview preview = make(change);
            if (records.running(change.occasion())) {
                throw invalid("seen", "move-running", change.occasion());
            }
            if (!preview.seen().equals(seen)) {
                throw invalid("seen", "move-stale");
            }
            Move move = new Move(
                    UUID.randomUUID(),
                    change.occasion(),
                    change instanceof Notification notification
                            ? notification.date().subject()
                            : null,
                    before,
                    dates(change),
                    change.reference(),
                    username,
                    now());
            records.supersede(change.occasion());
            records.file(move, preview.items(), preview.told());
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    runner.nudge();
                }
            });
            return move.id();
        }));
    }

    /** Makes the change in the caller's transaction. */
    private Preview make(Change change) {
        if (change instanceof MeetingChange moved) {
            check(moved.reference());
            meetings.change(moved.meeting());
        } else if (change instanceof Notification notification) {
            notifiable.check(notification.date());
            meetings.notify(notification.date());
        }
        List<Item> items;
        try {
            items = hanging.on(change);
        } catch (InvalidOccasion misfit) {
            throw new InvalidMove("opening", misfit.getMessage());
        }
        List<String> told = items.stream()
                .filter(item -> item.fate() == Fate.MOVES)
                .map(Item::partyCode)
                .distinct()
                .sorted()
                .toList();
        return new Preview(change, items, told, print(items));
    }

    private void check(@Nullable String reference) {
        if (reference != null
                && (reference.isBlank()
                        || reference.length() > LONGEST_REFERENCE
                        || reference.chars().anyMatch(Character::isISOControl))) {
            throw invalid("reference", "unfit-reference", LONGEST_REFERENCE);
        }
    }

    /** The dates as they are now in the caller's transaction. */
    private Dates dates(Change change) {
        if (change instanceof Notification notification) {
            return meetings.notified(change.occasion()).stream()
                    .filter(date -> date.subject().equals(notification.date().subject())
                            && date.basis() == NotifiedDate.Basis.SOURCED)
                    .findFirst()
                    .map(date -> new Dates(Meeting.Span.day(date.on()), null, false))
                    .orElse(new Dates(null, null, false));
        }
        return meetings.find(change.occasion())
                .map(meeting -> new Dates(meeting.opening(), meeting.closing(), meeting.provisional()))
                .orElse(new Dates(null, null, false));
    }

    private static String print(List<Item> items) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            items.forEach(item -> digest.update((item + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Optional<Progress> progress(UUID id) {
        return records.progress(id);
    }

    @Override
    public List<Move> latest(String occasion, int most) {
        return records.latest(occasion, most);
    }

    @Override
    public List<Trouble> troubles(UUID id) {
        return records.troubles(id);
    }

    @Override
    public void retry(UUID id) {
        transaction.executeWithoutResult(status -> records.retry(id));
        runner.nudge();
    }

    private InvalidMove invalid(String field, String key, Object... arguments) {
        return new InvalidMove(
                field, messages.getMessage("campaigns." + key, arguments, LocaleContextHolder.getLocale()));
    }
}
