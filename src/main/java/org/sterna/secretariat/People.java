package org.sterna.secretariat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;

/** Who is in office, and on what ground. */
final class People {

    private People() {}

    /** The term that runs today. */
    static Optional<Holder> inOffice(List<Holder> terms, LocalDate today) {
        return terms.stream()
                .filter(term -> !term.from().isAfter(today)
                        && (term.to() == null || !term.to().isBefore(today)))
                .findFirst();
    }

    /** Confirmed by an accepted letter, provisional, or vacant. */
    static Wording.Tag status(Optional<Holder> holder, Wording wording, Locale reader) {
        String code = holder.map(term -> term.confirmed() ? "confirmed" : "provisional")
                .orElse("vacant");
        String sign = code.equals("confirmed") ? "✓" : code.equals("vacant") ? "○" : "?";
        return new Wording.Tag(code, sign, wording.text("secretariat.holder." + code, reader));
    }
}
