package org.sterna.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which texts a word of the vocabulary can answer, so that a condition comparing it with another is refused. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface OneOf {

    /** Every answer that is possible. */
    String[] value();
}
