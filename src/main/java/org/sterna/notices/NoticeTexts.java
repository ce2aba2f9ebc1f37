package org.sterna.notices;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;

/** Which kinds of notices have texts. */
@Component
public class NoticeTexts {

    private final Words words;
    private final MessageSource messages;

    NoticeTexts(Words words, MessageSource messages) {
        this.words = words;
        this.messages = messages;
    }

    /**
     * Whether notices of that kind about that duty can be written: subject and body are there, the duty's own or those
     * common to all.
     *
     * @param duty the duty's key; for a diagram that duties share its own, which has common texts only
     */
    public boolean exist(String duty, String kind) {
        return List.of(".subject", ".body").stream().allMatch(part -> {
            String common = "notice." + kind + part;
            return words.has(duty + "." + common) || messages.getMessage(common, null, null, Locale.ENGLISH) != null;
        });
    }
}
