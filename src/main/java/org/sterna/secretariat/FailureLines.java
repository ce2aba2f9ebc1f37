package org.sterna.secretariat;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.sterna.notices.DeliveryFailures;
import org.sterna.pages.Wording;
import org.sterna.register.Addresses;
import org.sterna.register.Holder;

/** Addresses that mail does not reach and that the Secretariat has to look at before they are marked, in words. */
@Component
class FailureLines {

    /** An address that waits for a decision. */
    record Doubt(String email, String holder, UUID noticeId, String said, String at) {}

    /** An address that fails repeatedly. */
    record Repeated(
            String email,
            String holder,
            @Nullable String party,
            String times,
            String verdict,
            String said,
            String last) {}

    private final DeliveryFailures failures;
    private final Addresses addresses;
    private final Wording wording;

    FailureLines(DeliveryFailures failures, Addresses addresses, Wording wording) {
        this.failures = failures;
        this.addresses = addresses;
        this.wording = wording;
    }

    Set<String> contradicted(Collection<Addresses.Unusable> marked) {
        return failures.contradicted(marked);
    }

    void fill(Model model, Locale reader) {
        List<DeliveryFailures.Doubt> doubts = failures.doubts();
        List<DeliveryFailures.Repeated> repeated = failures.repeated();
        Map<String, List<Holder>> users = addresses.users(Stream.concat(
                        doubts.stream().map(one -> Addresses.key(one.email())),
                        repeated.stream().map(DeliveryFailures.Repeated::email))
                .distinct()
                .toList());
        model.addAttribute(
                "doubts",
                doubts.stream()
                        .map(one -> new Doubt(
                                one.email(),
                                holder(users.get(Addresses.key(one.email())), reader),
                                one.noticeId(),
                                one.said(),
                                wording.moment(one.at(), reader)))
                        .toList());
        model.addAttribute(
                "newest",
                doubts.stream().mapToLong(DeliveryFailures.Doubt::number).max().orElse(0));
        DeliveryFailures.Limit limit = failures.limit();
        model.addAttribute("most", limit.most());
        model.addAttribute("minutes", limit.within().toMinutes());
        model.addAttribute(
                "repeated",
                repeated.stream()
                        .filter(one -> users.containsKey(one.email()))
                        .map(one -> new Repeated(
                                one.email(),
                                holder(users.get(one.email()), reader),
                                DeliveriesController.party(
                                        users.get(one.email()).get(0).seatCode()),
                                wording.text("secretariat.failures.times", reader, one.times()),
                                wording.text("delivery.verdict." + one.verdict().code(), reader),
                                one.said(),
                                wording.moment(one.last(), reader)))
                        .toList());
    }

    /** Who uses the address, in which office. */
    private String holder(@Nullable List<Holder> users, Locale reader) {
        return users == null
                ? wording.text("secretariat.failures.nobody", reader)
                : users.get(0).name() + ", " + wording.seat(users.get(0).seatCode(), reader);
    }
}
