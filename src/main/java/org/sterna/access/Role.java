package org.sterna.access;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.sterna.register.Account;

/** What an account may be for the application; derived from the register at every request. */
enum Role {
    PARTY,
    SECRETARIAT,
    ADMINISTRATOR;

    static List<Role> of(Account account) {
        return Stream.of(values()).filter(role -> role.holds(account)).toList();
    }

    static List<GrantedAuthority> authorities(Account account) {
        return of(account).stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
    }

    String authority() {
        return "ROLE_" + name();
    }

    private boolean holds(Account account) {
        return switch (this) {
            case PARTY -> account.partyCode() != null;
            case SECRETARIAT -> account.secretariat();
            case ADMINISTRATOR -> account.administrator();
        };
    }
}
