package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns.Campaign;
import org.sterna.campaigns.Exemption;
import org.sterna.pages.Wording;

/** Tells campaigns in words. */
@Component
class CampaignLines {

    /** A campaign and how far it is. */
    record Line(
            UUID id,
            String duty,
            String occasion,
            String by,
            String at,
            int total,
            int opened,
            int already,
            int notBound,
            @Nullable String lateReason,
            int failed,
            boolean running) {}

    /** A Party to choose. */
    record Choice(String code, String name) {}

    /** What went wrong at a Party. */
    record Failed(
            String code,
            String party,
            String what,
            boolean stopped,
            @Nullable String cause) {}

    /** A Party that is exempted. */
    record Exempted(String code, String party, String reason, String by, String at) {}

    private static final int LONGEST_CAUSE = 300;

    private final Wording wording;

    CampaignLines(Wording wording) {
        this.wording = wording;
    }

    /** A campaign, with how many Parties' cases wait for somebody because they could not start. */
    Line line(Campaign campaign, List<CampaignCases.Failure> failures, Locale reader) {
        int failed = (int) failures.stream()
                .filter(failure -> failure.atStart() && failure.stopped())
                .map(CampaignCases.Failure::partyCode)
                .distinct()
                .count();
        return line(campaign, failed, wording.people(List.of(campaign.openedBy()), reader), reader);
    }

    List<Failed> failures(List<CampaignCases.Failure> failures, Locale reader) {
        return failures.stream()
                .map(failure -> new Failed(
                        failure.partyCode(),
                        wording.party(failure.partyCode(), reader),
                        what(failure, reader),
                        failure.stopped(),
                        failure.cause() == null || failure.cause().length() <= LONGEST_CAUSE
                                ? failure.cause()
                                : failure.cause().substring(0, LONGEST_CAUSE) + "…"))
                .toList();
    }

    private String what(CampaignCases.Failure failure, Locale reader) {
        String happened = wording.text("secretariat.failure." + (failure.atStart() ? "start" : "later"), reader);
        if (failure.stopped()) {
            return happened + " " + wording.text("secretariat.failure.stopped", reader);
        }
        return happened + " "
                + (failure.again() == null
                        ? wording.text("secretariat.failure.now", reader)
                        : wording.text("secretariat.failure.again", reader, wording.moment(failure.again(), reader)));
    }

    List<Exempted> exemptions(List<Exemption> exemptions, Locale reader) {
        Map<String, String> people =
                wording.people(exemptions.stream().map(Exemption::by).toList(), reader);
        return exemptions.stream()
                .map(exemption -> new Exempted(
                        exemption.partyCode(),
                        wording.party(exemption.partyCode(), reader),
                        exemption.reason(),
                        people.get(exemption.by()),
                        wording.moment(exemption.at(), reader)))
                .toList();
    }

    List<Line> lines(List<Campaign> campaigns, Locale reader) {
        Map<String, String> people =
                wording.people(campaigns.stream().map(Campaign::openedBy).toList(), reader);
        return campaigns.stream()
                .map(campaign -> line(campaign, 0, people, reader))
                .toList();
    }

    private Line line(Campaign campaign, int failed, Map<String, String> people, Locale reader) {
        return new Line(
                campaign.id(),
                wording.duty(campaign.duty(), reader),
                campaign.occasion(),
                people.get(campaign.openedBy()),
                wording.moment(campaign.openedAt(), reader),
                campaign.total(),
                campaign.opened(),
                campaign.already(),
                campaign.notBound(),
                campaign.lateReason(),
                failed,
                campaign.opened() + failed < campaign.total());
    }
}
