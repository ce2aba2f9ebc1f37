package org.sterna.register;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What forms may show of a Party's money. */
@Component
class MoneyFacts implements Facts {

    /** What the invoice of the year, which is the occasion, bears and says. */
    static final String INVOICE_NO = "invoiceNo";

    static final String ASSESSED = "assessedAmount";

    private static final Pattern YEAR = Pattern.compile("\\d{4}");

    private final Contributions contributions;
    private final Scale scale;

    MoneyFacts(Contributions contributions, Scale scale) {
        this.contributions = contributions;
        this.scale = scale;
    }

    @Override
    public Set<String> names() {
        return Set.of(
                "unScalePercent",
                "arrearsYears",
                "arrearsAmount",
                "arrearsForward",
                "euMember",
                "strongEconomy",
                INVOICE_NO,
                ASSESSED,
                "paidForYear",
                "unpaidForYear");
    }

    @Override
    public Optional<Object> find(String name, String partyCode, String occasion) {
        return switch (name) {
            case "unScalePercent" -> scale.of(partyCode).map(Scale.Share::percent);
            case "arrearsYears" -> standing(partyCode).map(standing -> BigDecimal.valueOf(standing.yearsInArrears()));
            // what has to be paid for the rights lost to be restored
            case "arrearsAmount" -> standing(partyCode).map(Standing::restoring);
            // everything unpaid of earlier years
            case "arrearsForward" -> standing(partyCode).map(Standing::arrears);
            case "euMember" -> Optional.of(scale.europeanUnion(partyCode));
            case "strongEconomy" -> Optional.of(scale.strongEconomy(partyCode));
            case INVOICE_NO -> invoiced(partyCode, occasion).map(Contribution::invoiceNo);
            case ASSESSED -> invoiced(partyCode, occasion).map(Contribution::assessed);
            case "paidForYear" -> year(partyCode, occasion).map(Contribution::paid);
            case "unpaidForYear" -> invoiced(partyCode, occasion).map(Contribution::balance);
            default -> throw new IllegalArgumentException("No fact is called " + name);
        };
    }

    /** The year that the occasion is, as far as an invoice was entered for it. */
    private Optional<Contribution> invoiced(String partyCode, String occasion) {
        return year(partyCode, occasion).filter(year -> year.invoiceNo() != null);
    }

    private Optional<Contribution> year(String partyCode, String occasion) {
        return YEAR.matcher(occasion).matches()
                ? contributions.year(partyCode, Integer.parseInt(occasion))
                : Optional.empty();
    }

    private Optional<Standing> standing(String partyCode) {
        return Optional.of(contributions.standing(partyCode)).filter(Standing::known);
    }
}
