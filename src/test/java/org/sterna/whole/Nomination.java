package org.sterna.whole;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.obligations.OpenTask;

/** Answers that the steps of a nomination take. */
public final class Nomination {

    /** What the Secretariat answers when it finds nothing wrong with one. */
    public static final Map<String, Object> ACCEPTED = Map.of(
            "hasSignature", true,
            "hasStamp", true,
            "signatoryCheck", true,
            "identityCheck", true,
            "contactCheck", true,
            "languageCheck", true,
            "decision", "accepted");

    private Nomination() {}

    /**
     * Complete answers of the Party, with a letter that is kept for the task.
     *
     * @param organisation stands in the answers as it is
     */
    public static Map<String, Object> answers(Documents documents, OpenTask task, Instant now, String organisation)
            throws Exception {
        String party = task.seatCode().substring(task.seatCode().length() - 3);
        Document letter = documents.keep(
                party,
                task.taskId(),
                "letter",
                "letter.pdf",
                new ByteArrayInputStream(("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
                                + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
                        .getBytes(StandardCharsets.US_ASCII)),
                "tester");
        String today = now.toString().substring(0, 10);
        // a day that has begun for every Party
        String written = now.minus(Duration.ofHours(12)).toString().substring(0, 10);
        Map<String, Object> answers = new HashMap<>(Map.of(
                "letter", letter.id().toString(),
                "appointingAuthorityName", "Office of the Minister",
                "appointingAuthorityTitle", "Minister",
                "signatoryKind", "minister",
                "letterDate", written,
                "effectiveFrom", today,
                "replaces", "first-appointment",
                "givenName", "Test",
                "familyName", "Designate"));
        answers.putAll(Map.of(
                "position",
                "Head of section",
                "organisation",
                organisation,
                "street",
                "Street 1",
                "city",
                "City",
                "country",
                "CHE",
                "countryOfPost",
                "CHE",
                "workEmail",
                "designate-" + party.toLowerCase(Locale.ROOT) + "@example.org",
                "phone",
                "+41310000000",
                "preferredLanguages",
                List.of("fr"),
                "available",
                "yes"));
        answers.putAll(Map.of("ministry", "Ministry", "conservationMandate", "yes", "languages", List.of("en")));
        return answers;
    }
}
