package org.sterna.forms;

import org.sterna.duties.CatalogueFolder;

/** The forms of a catalogue that tests write or copy. */
public final class CatalogueForms {

    private CatalogueForms() {}

    /** Reads them. */
    public static Forms of(CatalogueFolder folder) {
        return new JsonForms(folder.resources(), folder.duties(), folder.words());
    }
}
