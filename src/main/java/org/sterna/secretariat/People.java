package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;

/** Who is in office, and on what ground. */
final class People {

    private People() {}

    /** The one to name of those in office; null for a vacant seat. */
    static Optional<Holder> first(@Nullable List<Holder> inOffice) {
        return inOffice == null ? Optional.empty() : inOffice.stream().findFirst();
    }

    /** Confirmed by an accepted letter, provisional, or vacant. */
    static Wording.Tag status(Optional<Holder> holder, Wording wording, Locale reader) {
        String code = code(holder);
        String sign = code.equals("confirmed") ? "✓" : code.equals("vacant") ? "○" : "?";
        return new Wording.Tag(code, sign, wording.text("secretariat.holder." + code, reader));
    }

    /** {@code confirmed}, {@code provisional} or {@code vacant}. */
    static String code(Optional<Holder> holder) {
        return holder.map(term -> term.confirmed() ? "confirmed" : "provisional")
                .orElse("vacant");
    }
}
