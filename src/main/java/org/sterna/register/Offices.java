package org.sterna.register;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** How an office is addressed while no person is known, for example “Point focal national, Suisse”. */
@Component
class Offices {

    private final MessageSource messages;

    Offices(MessageSource messages) {
        this.messages = messages;
    }

    /** The office of a Party. */
    String of(SeatRole role, Party party, Locale language) {
        return messages.getMessage("office." + role.code(), new Object[] {party.name(language)}, language);
    }

    /** The office of a region's representative. */
    String of(Region region, Locale language) {
        String name = messages.getMessage("region." + region.code(), null, language);
        return messages.getMessage("office." + SeatRole.REP.code(), new Object[] {name}, language);
    }

    /** An office that is neither a Party's nor a region's, or {@code administrator}. */
    String of(String office, Locale language) {
        return messages.getMessage("office." + office, null, language);
    }
}
