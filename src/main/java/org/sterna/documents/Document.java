package org.sterna.documents;

import java.time.Instant;
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
 * @param status whether it may be read
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

    /** What the scan said. Only {@link #CLEAN} documents can be read. */
    public enum Status {
        CLEAN,
        QUARANTINED
    }
}
