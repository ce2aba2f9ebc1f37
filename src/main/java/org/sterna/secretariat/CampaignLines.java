package org.sterna.secretariat;

import java.util.Locale;
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
        return new Line(
                campaign.id(),
                wording.duty(campaign.duty(), reader),
                campaign.occasion(),
                wording.person(campaign.openedBy(), reader),
                wording.moment(campaign.openedAt(), reader),
                campaign.total(),
                campaign.opened(),
                campaign.already(),
                campaign.opened() < campaign.total());
    }
}
