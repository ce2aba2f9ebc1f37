package org.sterna.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a text that a diagram hands to a word of the vocabulary has to name, so that a wrong one is found when the
 * application starts and not when a Party reaches it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Argument {

    /** What is named. */
    Kind value();

    /** What a text can name. */
    enum Kind {
        /** A role that seats have, for example {@code nfp}. */
        ROLE,
        /** Roles separated by commas; may be empty. */
        ROLES,
        /** A kind of notice that has texts, the duty's own or the common ones. */
        NOTICE,
        /** A user task of the diagram. */
        STEP,
        /** A deadline of the duty. */
        DEADLINE,
        /** The key of a duty. */
        DUTY,
        /** A field of the form of the step named before it. */
        FIELD,
        /** A list in a step's form, as {@code <step>.<list>}. */
        LIST,
        /** A field of the rows of the list named before it. */
        ROW_FIELD,
        /** Fields of the rows of the list named before it, separated by commas. */
        ROW_FIELDS,
        /** Options of the field of rows named just before, separated by commas. */
        ROW_OPTIONS
    }
}
