package org.sterna.notices;

import org.springframework.context.support.ResourceBundleMessageSource;
import org.sterna.duties.Words;

/** Which notices a catalogue that tests write or copy can send. */
public final class CatalogueNotices {

    private CatalogueNotices() {}

    /** The common texts of the project and those of the words. */
    public static NoticeTexts of(Words words) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/notices");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new NoticeTexts(words, messages);
    }
}
