package org.sterna.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;
import org.sterna.register.Today;

/** What readers wish of notices that can be put off or gathered, as one reads it when such a notice is issued. */
@Component
class Wishes {

    private final JdbcPreferences preferences;
    private final Today today;

    Wishes(JdbcPreferences preferences, Today today) {
        this.preferences = preferences;
        this.today = today;
    }

    /** The wishes of some readers about some obligations. */
    final class Known {

        private final JdbcPreferences.Wished wished;

        private Known(JdbcPreferences.Wished wished) {
            this.wished = wished;
        }

        /** Why the reader shall not get the notice as a mail of its own at that moment; empty if it shall. */
        Optional<JdbcPreferences.Why> withheld(Obligation obligation, String kind, Holder reader, Instant at) {
            String username = reader.username();
            if (username == null || !NoticeKinds.deferrable(kind)) {
                return Optional.empty();
            }
            LocalDate until =
                    wished.snoozed().getOrDefault(obligation.id(), Map.of()).get(username);
            if (until != null
                    && kind.equals(NoticeKinds.REMINDER)
                    && today.ofParty(obligation.partyCode(), at).isBefore(until)) {
                return Optional.of(JdbcPreferences.Why.SNOOZE);
            }
            return wished.digests().contains(username) ? Optional.of(JdbcPreferences.Why.DIGEST) : Optional.empty();
        }
    }

    /** One statement, none where no notice of that kind can be withheld. */
    Known known(String kind, Collection<UUID> obligationIds, Collection<Holder> readers) {
        return NoticeKinds.deferrable(kind) ? known(obligationIds, readers) : new Known(JdbcPreferences.Wished.NOTHING);
    }

    Known known(Collection<UUID> obligationIds, Collection<Holder> readers) {
        Set<String> usernames = readers.stream()
                .map(Holder::username)
                .filter(username -> username != null)
                .collect(Collectors.toCollection(HashSet::new));
        return new Known(
                usernames.isEmpty() || obligationIds.isEmpty()
                        ? JdbcPreferences.Wished.NOTHING
                        : preferences.wished(usernames, obligationIds));
    }

    /** Notes what was withheld; false if it was noted before. */
    boolean note(Notices.Request request, String emailKey, Holder reader, JdbcPreferences.Why why) {
        return preferences.withhold(
                request.obligationId(), request.milestone(), emailKey, reader.username(), request.kind(), why);
    }
}
