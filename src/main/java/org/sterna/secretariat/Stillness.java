package org.sterna.secretariat;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.CampaignCases;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;

/** What counts as stuck at this moment. */
@Component
class Stillness {

    /** How long something automatic may take before it counts as not having happened. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final CampaignCases cases;
    private final Wording wording;

    Stillness(CampaignCases cases, Wording wording) {
        this.cases = cases;
        this.wording = wording;
    }

    Obligations.Stuck now() {
        return new Obligations.Stuck(wording.now().minus(PATIENCE), cases.stopped());
    }
}
