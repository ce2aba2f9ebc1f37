package org.sterna.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.util.Set;

/** The rules of the house that the module declarations have no word for. */
@AnalyzeClasses(packages = "org.sterna", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_MODULE_KNOWS_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("org.sterna.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.camunda.bpm..", "org.camunda.commons..", "org.camunda.connect..")
            .because("7.24 is the engine's last community release and is to be replaced in one place; use the ports"
                    + " org.sterna.engine.Tasks and org.sterna.engine.Cases");

    @ArchTest
    static final ArchRule ONLY_FORMS_AND_ENGINE_EVALUATE_FEEL = noClasses()
            .that()
            .resideOutsideOfPackages("org.sterna.engine..", "org.sterna.forms..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda.feel..")
            .because("FEEL reaches the host unless its values are allow-listed; use org.sterna.forms.FormGate");

    @ArchTest
    static final ArchRule PAPERS_ARE_READ_AS_THEY_WERE_RECEIVED = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.sterna.documents.CheckedContent")
            .and()
            .doNotHaveFullyQualifiedName("org.sterna.documents.StoredContent")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.sterna.documents.StoredContent")
            .because("no byte of a paper may go out before all of them have the recorded hash; use"
                    + " org.sterna.documents.Documents.open");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("org.sterna.time..")
            .and()
            // tells the engine, whose clock is the system's plus an offset, how far ahead ours is
            .doNotHaveFullyQualifiedName("org.sterna.engine.EnginePlugin")
            .should()
            .callMethodWhere(describe("reads the system's time", ArchitectureTests::readsTheSystemsTime))
            .orShould()
            .callConstructor(java.util.Date.class)
            .because("the demonstration and the tests move the one clock; inject java.time.Clock and pass it on");

    @ArchTest
    static final ArchRule DATES_ARE_THOSE_OF_JAVA_TIME = noClasses()
            .that()
            .resideOutsideOfPackage("org.sterna.engine..")
            .and()
            // Jakarta Mail takes the date of a message as nothing else
            .doNotHaveFullyQualifiedName("org.sterna.notices.MimeNotice")
            .should()
            .dependOnClassesThat(describe("are old date classes", ArchitectureTests::isAnOldDate))
            .because("java.util.Date and its kin hide the zone; use java.time, and OffsetDateTime towards SQL");

    @ArchTest
    static final ArchRule WHAT_PARTIES_TYPE_IS_JUDGED_BY_THEIR_OWN_DAY = noClasses()
            .that(describe("judge what a Party types or tell it a day", ArchitectureTests::judgesOrTellsParties))
            .should()
            .callMethodWhere(describe("takes today from a clock", ArchitectureTests::takesTodayFromAClock))
            .orShould()
            .accessField("org.sterna.register.Party", "BONN")
            .because("today begins with the Party's own clock; use org.sterna.register.Today, or on pages"
                    + " Wording.todayOfReader");

    @ArchTest
    static final ArchRule JODA_IS_NEVER_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.joda..")
            .because("Joda-Time, which the engine brings, has zone rules of its own; use java.time");

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE = classes()
            .that()
            .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
            .or()
            .areMetaAnnotatedWith("org.springframework.web.bind.annotation.ControllerAdvice")
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true)
            .because("nobody calls a page but the browser; what others need belongs into the module's public types");

    @ArchTest
    static final ArchRule DELEGATES_ARE_PACKAGE_PRIVATE = classes()
            .that(are(assignableTo("org.camunda.bpm.engine.delegate.JavaDelegate")
                    .or(assignableTo("org.camunda.bpm.engine.delegate.ExecutionListener"))
                    .or(assignableTo("org.camunda.bpm.engine.delegate.TaskListener"))))
            .should()
            .notBePublic()
            .allowEmptyShould(true)
            .because("diagrams reach the vocabulary by bean name; nothing else may");

    @ArchTest
    static final ArchRule CONSTRUCTORS_TAKE_WHAT_IS_NEEDED = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .because("a class built by its constructor can be built by a test; settings come as a record of"
                    + " @ConfigurationProperties");

    @ArchTest
    static final ArchRule PUBLIC_TYPES_LIVE_IN_A_MODULES_ROOT = noClasses()
            .that()
            .resideInAPackage("org.sterna.*.*..")
            .should()
            .bePublic()
            .allowEmptyShould(true)
            .because("a module shows what it offers in one place; make the type package-private or move it up");

    @ArchTest
    static final ArchRule PACKAGES_ARE_NAMED_BY_WHAT_THEY_ARE = noClasses()
            .should()
            .resideInAnyPackage("..impl..", "..util..", "..utils..", "..dto..", "..common..", "..helper..")
            .because("such packages gather what has no home; name the thing");

    @ArchTest
    static final ArchRule TYPES_ARE_NAMED_BY_WHAT_THEY_ARE = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .orShould()
            .haveSimpleNameEndingWith("DTO")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .because("the suffix says nothing; name it by what tells it apart, as in JdbcParties");

    @ArchTest
    static final ArchRule NOTHING_WAITS_BY_SLEEPING = noClasses()
            .should()
            .callMethodWhere(describe("sleeps", ArchitectureTests::sleeps))
            .because("a sleeping thread is either too early or too late; use the scheduler and the clock");

    @ArchTest
    static final ArchRule THE_CONSOLE_BELONGS_TO_THE_LOG =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
                    "what is printed has no time, level or place; use SLF4J");

    static boolean readsTheSystemsTime(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        String method = call.getName();
        boolean givenAClock =
                call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
        if (owner.getPackageName().startsWith("java.time") && method.equals("now")) {
            return !givenAClock;
        }
        return owner.isEquivalentTo(Clock.class)
                        && (method.startsWith("system") || method.startsWith("tick"))
                        && !givenAClock
                || owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis")
                || owner.isEquivalentTo(java.util.Calendar.class) && method.equals("getInstance");
    }

    /** All of the desk, the sources of forms and the engine's doors, and what Parties' people wish of notices. */
    static boolean judgesOrTellsParties(JavaClass type) {
        Set<String> others = Set.of(
                "org.sterna.engine.SubmissionGate",
                "org.sterna.engine.EngineTasks",
                "org.sterna.engine.RowsWord",
                "org.sterna.notices.JdbcPreferences",
                "org.sterna.notices.Wishes",
                "org.sterna.notices.DigestRound",
                "org.sterna.api.TasksController",
                "org.sterna.pages.CaseFiles");
        return Set.of("org.sterna.desk", "org.sterna.forms", "org.sterna.sources")
                        .contains(type.getPackageName())
                || others.stream()
                        .anyMatch(name ->
                                type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }

    /** The Secretariat's day, or one on a clock of whatever zone; a moment's day in a zone that was asked for is none. */
    static boolean takesTodayFromAClock(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isEquivalentTo(java.time.LocalDate.class) && call.getName().equals("now")
                || owner.isEquivalentTo(Clock.class) && call.getName().equals("withZone")
                || owner.isEquivalentTo(org.sterna.pages.Wording.class)
                        && call.getName().equals("today")
                        && call.getTarget().getRawParameterTypes().isEmpty();
    }

    static boolean sleeps(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep")
                || call.getTargetOwner().isEquivalentTo(java.util.concurrent.TimeUnit.class)
                        && call.getName().equals("sleep");
    }

    private static boolean isAnOldDate(JavaClass type) {
        return Set.of(
                        "java.util.Date",
                        "java.util.Calendar",
                        "java.util.GregorianCalendar",
                        "java.text.SimpleDateFormat",
                        "java.sql.Date",
                        "java.sql.Time",
                        "java.sql.Timestamp")
                .contains(type.getName());
    }
}
