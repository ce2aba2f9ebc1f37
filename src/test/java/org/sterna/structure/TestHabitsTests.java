package org.sterna.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** How tests are written here. */
@AnalyzeClasses(packages = "org.sterna", importOptions = ImportOption.OnlyIncludeTests.class)
class TestHabitsTests {

    @ArchTest
    static final ArchRule NO_TEST_SLEEPS = noClasses()
            .should()
            .callMethodWhere(describe("sleeps", ArchitectureTests::sleeps))
            .because("it makes the build slow on a fast machine and red on a slow one; move the clock and run what is"
                    + " due, or wait for the thing itself");

    @ArchTest
    static final ArchRule ASSERTIONS_ARE_THOSE_OF_ASSERTJ = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit", "junit..", "org.hamcrest..")
            .because("one language of assertions reads better than three; use AssertJ");

    @ArchTest
    static final ArchRule THE_NAME_TELLS_THE_LAYER = methods()
            .that()
            .areAnnotatedWith(Test.class)
            .and()
            // whose heirs are the tests
            .areDeclaredInClassesThat(not(modifier(JavaModifier.ABSTRACT)))
            .should()
            .beDeclaredInClassesThat()
            .haveNameMatching(".*(Tests|IT|E2E|Benchmark)(\\$.*)?")
            .because("the build runs …Tests as fast tests and …IT and …E2E with the whole application, and"
                    + " …Benchmark when asked; a class of another name would not run at all");

    @ArchTest
    static final ArchRule TEST_CLASSES_ARE_PACKAGE_PRIVATE = classes()
            .that()
            .haveNameMatching(".*(Tests|IT|E2E)")
            .should()
            .notBePublic()
            .because("nobody uses a test but the build");
}
