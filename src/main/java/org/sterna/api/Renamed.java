package org.sterna.api;

import java.util.function.Supplier;
import org.sterna.campaigns.InvalidCampaign;

/** Refusals of campaigns under the name that the request gives to the value. */
final class Renamed {

    private Renamed() {}

    /** Does it; what is refused for one field is refused for the other. */
    static <T> T field(String theirs, String ours, Supplier<T> act) {
        try {
            return act.get();
        } catch (InvalidCampaign refused) {
            throw refused.field().equals(theirs) ? new InvalidCampaign(ours, refused.getMessage()) : refused;
        }
    }
}
