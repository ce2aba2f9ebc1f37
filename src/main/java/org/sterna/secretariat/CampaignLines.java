package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.Campaigns.Campaign;
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
            boolean running) {}

    private final Wording wording;

    CampaignLines(Wording wording) {
        this.wording = wording;
    }

    Line line(Campaign campaign, Locale reader) {
        return lines(List.of(campaign), reader).get(0);
    }

    List<Line> lines(List<Campaign> campaigns, Locale reader) {
        Map<String, String> people =
                wording.people(campaigns.stream().map(Campaign::openedBy).toList(), reader);
        return campaigns.stream()
                .map(campaign -> line(campaign, people, reader))
                .toList();
    }

    private Line line(Campaign campaign, Map<String, String> people, Locale reader) {
        return new Line(
                campaign.id(),
                wording.duty(campaign.duty(), reader),
                campaign.occasion(),
                people.get(campaign.openedBy()),
                wording.moment(campaign.openedAt(), reader),
                campaign.total(),
                campaign.opened(),
                campaign.already(),
                campaign.opened() < campaign.total());
    }
}
