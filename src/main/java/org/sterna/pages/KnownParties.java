package org.sterna.pages;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** The Parties by code, read at most once for a page however many it names. */
@Component
@RequestScope
class KnownParties {

    private final Parties parties;
    private @Nullable Map<String, Party> byCode;

    KnownParties(Parties parties) {
        this.parties = parties;
    }

    Optional<Party> find(String code) {
        if (byCode == null) {
            byCode = parties.all().stream().collect(Collectors.toMap(Party::code, party -> party));
        }
        return Optional.ofNullable(byCode.get(code));
    }
}
