package org.sterna.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.sterna.register.Newcomers.Newcomer;

/**
 * Offices to try the application with: for every Party a National Focal Point, an alternate and a ministry, the
 * regions' representatives, the Secretariat and an administrator. Nobody here is a person, and every address is in a
 * domain reserved for examples.
 */
@Component
@Profile("demo")
class DemoRegister {

    static final String PASSWORD = "sterna-demo-2026";

    /** Long before anything a demonstration shows. */
    private static final LocalDate SINCE = LocalDate.of(2024, 1, 1);

    /** These, and every seventh of the others, have a focal point without an accepted letter: 24 Parties. */
    private static final List<String> PROVISIONAL = List.of("CHE", "FRA", "ARG", "KEN", "IND", "AUS");

    private final ReferenceRegister reference;
    private final Newcomers newcomers;
    private final Offices offices;
    private final Passwords passwords;

    DemoRegister(ReferenceRegister reference, Newcomers newcomers, Offices offices, Passwords passwords) {
        this.reference = reference;
        this.newcomers = newcomers;
        this.offices = offices;
        this.passwords = passwords;
    }

    void fill() {
        List<Party> parties = reference.parties();
        Set<String> provisional = provisional(parties);
        List<Newcomer> all = new ArrayList<>();
        for (Party party : parties) {
            all.add(office(SeatRole.NFP, party, !provisional.contains(party.code())));
            all.add(office(SeatRole.ALT, party, true));
            all.add(office(SeatRole.MIN, party, true));
        }
        for (Region region : Region.values()) {
            String seat = Seat.representative(region);
            all.add(withoutParty(seat, offices.of(region, Locale.ENGLISH), seat, false));
        }
        String secretariat = SeatRole.SECRETARIAT.code();
        all.add(withoutParty(secretariat, offices.of(secretariat, Locale.ENGLISH), secretariat, false));
        all.add(withoutParty("admin", offices.of("administrator", Locale.ENGLISH), null, true));
        newcomers.welcome(all, passwords.hash(PASSWORD), SINCE);
    }

    private Newcomer office(SeatRole role, Party party, boolean confirmed) {
        String username = party.code().toLowerCase(Locale.ROOT) + "-" + role.code();
        return new Newcomer(
                username,
                offices.of(role, party, party.language()),
                username + "@example.org",
                party.language(),
                party.code(),
                Seat.code(role, party.code()),
                confirmed,
                false);
    }

    private static Newcomer withoutParty(String username, String name, @Nullable String seat, boolean administrator) {
        return new Newcomer(username, name, username + "@example.org", Locale.ENGLISH, null, seat, true, administrator);
    }

    private static Set<String> provisional(List<Party> parties) {
        Set<String> provisional = new HashSet<>(PROVISIONAL);
        List<String> others = parties.stream()
                .map(Party::code)
                .filter(code -> !PROVISIONAL.contains(code))
                .sorted()
                .toList();
        for (int i = 0; i < others.size() && provisional.size() < 24; i += 7) {
            provisional.add(others.get(i));
        }
        return provisional;
    }
}
