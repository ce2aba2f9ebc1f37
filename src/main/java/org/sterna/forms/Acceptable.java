package org.sterna.forms;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Answers that their form accepts. */
@Documented
@Constraint(validatedBy = AcceptableAnswers.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Acceptable {

    String message() default "{forms.unacceptable}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
