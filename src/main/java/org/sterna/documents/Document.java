package org.sterna.documents;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A paper in custody. Insert-only: a new version is a new document.
 *
 * @param id its identity
 * @param partyCode the Party it belongs to
 * @param taskId the task it was uploaded for
 * @param slot key of the form field it was uploaded into
 * @param name original file name, made harmless
 * @param mediaType found by looking at the content: {@code application/pdf}, {@code image/jpeg}, {@code image/png}
 * @param size in bytes
 * @param sha256 of the content, lower-case hexadecimal
 * @param uploadedBy user name
 * @param uploadedAt when it was received
 * @param status what the scan for malware said
 */
public record Document(
        UUID id,
        String partyCode,
        String taskId,
        String slot,
        String name,
        String mediaType,
        long size,
        String sha256,
        String uploadedBy,
        Instant uploadedAt,
        Status status) {

    /** Whether the content may be read: everything but what is quarantined. */
    public boolean readable() {
        return status != Status.QUARANTINED;
    }

    /** What the scan for malware said. */
    public enum Status {
        /** Every scanner found it clean. */
        CLEAN,
        /** No scanner was configured; nobody looked for malware in it. */
        NOT_SCANNED,
        /** Malware was found in it, or no scanner could say. */
        QUARANTINED;

        /** The code in the API and in message keys, for example {@code not-scanned}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
