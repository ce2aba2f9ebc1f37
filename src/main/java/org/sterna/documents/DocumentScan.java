package org.sterna.documents;

import java.io.IOException;
import java.io.InputStream;

/**
 * Looks for malware in documents. Every bean of this type is asked; a document can be read once all of them found it
 * clean. With no such bean, documents can be read and are told to be {@link Document.Status#NOT_SCANNED not scanned};
 * they are scanned as soon as there is one.
 */
public interface DocumentScan {

    /** What a scan found. */
    enum Verdict {
        /** Nothing. */
        CLEAN,
        /** Something; the document stays in quarantine for good. */
        INFECTED
    }

    /**
     * Scans one document.
     *
     * @param content need not be read to its end or closed
     * @throws IOException if no verdict could be reached; the document stays in quarantine and is scanned again
     */
    Verdict scan(InputStream content) throws IOException;
}
