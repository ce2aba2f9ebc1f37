package org.sterna.campaigns;

import java.util.List;
import org.springframework.stereotype.Component;
import org.sterna.duties.Duty;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** Which Parties a duty binds. */
@Component
class Bound {

    private final Parties parties;

    Bound(Parties parties) {
        this.parties = parties;
    }

    /** Those it binds today, ordered by code. */
    List<Party> of(Duty duty) {
        return parties.all();
    }
}
