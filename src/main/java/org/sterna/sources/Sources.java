package org.sterna.sources;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sterna.forms.FormGate;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;

/**
 * Looks up what forms name as their sources, the same for every door. Nothing of another Party is ever read. The number
 * of SQL statements depends on the form alone. Who may open the task is for the caller to check.
 */
public interface Sources {

    /**
     * What is known for the check of a step's answers.
     *
     * @param username who answers; null for nobody in particular
     * @param reader language of names
     */
    FormGate.Known known(OpenTask task, Obligation obligation, @Nullable String username, Locale reader);

    /**
     * The step's form as it is opened.
     *
     * @param caller who opens it
     * @param reader language of names
     */
    Opening opening(OpenTask task, Obligation obligation, Account caller, Locale reader);

    /**
     * The step's form as it is opened for somebody who answers in another's place: nothing is known of who answers.
     *
     * @param reader language of names
     */
    Opening openingOnBehalf(OpenTask task, Obligation obligation, Locale reader);
}
