package org.sterna.campaigns;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is exempted from what; one that was lifted is kept, but does not stand. */
@Component
class Exemptions {

    private final JdbcClient jdbc;

    Exemptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Exemption> of(String duty, String occasion) {
        return jdbc.sql("select * from campaign_exemption where duty = :duty and occasion = :occasion and standing"
                        + " order by party_code")
                .param("duty", duty)
                .param("occasion", occasion)
                .query((row, number) -> new Exemption(
                        row.getString("duty"),
                        row.getString("occasion"),
                        row.getString("party_code"),
                        row.getString("reason"),
                        row.getString("exempted_by"),
                        row.getObject("exempted_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void put(Exemption exemption) {
        jdbc.sql("insert into campaign_exemption (id, duty, occasion, party_code, reason, exempted_by, exempted_at,"
                        + " standing) values (:id, :duty, :occasion, :party, :reason, :by, :at, true)")
                .param("id", UUID.randomUUID())
                .param("duty", exemption.duty())
                .param("occasion", exemption.occasion())
                .param("party", exemption.partyCode())
                .param("reason", exemption.reason())
                .param("by", exemption.by())
                .param("at", exemption.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    void lift(String duty, String occasion, String partyCode, String username, Instant now) {
        jdbc.sql("update campaign_exemption set standing = null, lifted_by = :by, lifted_at = :at"
                        + " where duty = :duty and occasion = :occasion and party_code = :party and standing")
                .param("by", username)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("duty", duty)
                .param("occasion", occasion)
                .param("party", partyCode)
                .update();
    }
}
