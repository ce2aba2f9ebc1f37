package org.sterna.documents;

/** The content of a document is not what was kept: its hash is another one. Nothing of it was given out. */
public class DamagedDocument extends RuntimeException {

    private final transient Document document;

    /** @param document what was kept */
    public DamagedDocument(Document document) {
        super("The content of the document " + document.id() + " does not have the recorded hash");
        this.document = document;
    }

    /** What was kept. */
    public Document document() {
        return document;
    }
}
