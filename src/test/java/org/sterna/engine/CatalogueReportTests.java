package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.NestedExceptionUtils;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.CatalogueFolder;
import org.sterna.duties.InvalidCatalogue;
import org.sterna.notices.NoticeTexts;

/** A start that has to stop names all that is wrong with the duties at once, and deploys nothing. */
class CatalogueReportTests {

    private static final List<String> READERS =
            List.of("org.sterna.duties.BundledWords", "org.sterna.duties.YamlDuties", "org.sterna.forms.JsonForms");

    private final RepositoryService repository = mock();

    @Test
    void namesFaultsOfEveryPartInOneReport(@TempDir Path root) {
        CatalogueFolder folder = CatalogueFolder.ofProject(root)
                .edit("processes/credentials/duty.yaml", "holder: nfp", "holder: nobody")
                .edit(
                        "processes/national-report/messages_fr.properties",
                        "national-report.title=",
                        "national-report.name=")
                .edit("forms/nomination-confirmation/submit-nomination.form", "\"textfield\"", "\"password\"")
                .edit(
                        "processes/outcome-dissemination/outcome-dissemination.bpmn",
                        "milestones.kind(execution) == 'overdue'",
                        "milestones.kinds(execution) == 'overdue'")
                .edit("processes/delegate-funding/funding-eligibility.dmn", "typeRef=\"integer\"", "typeRef=\"host\"");

        Throwable refused = catchThrowable(() -> start(folder));

        assertThat(refused).isNotNull();
        InvalidCatalogue report = (InvalidCatalogue) NestedExceptionUtils.getMostSpecificCause(refused);
        assertThat(report.faults())
                .anyMatch(fault -> fault.startsWith("processes/credentials/duty.yaml: holder: 'nobody' is not a role"))
                .anyMatch(fault -> fault.startsWith("processes/national-report/messages_fr.properties: "))
                .anyMatch(fault -> fault.startsWith("forms/nomination-confirmation/submit-nomination.form: "))
                .anyMatch(fault -> fault.startsWith("processes/outcome-dissemination/outcome-dissemination.bpmn: "))
                .anyMatch(fault -> fault.startsWith("processes/delegate-funding/funding-eligibility.dmn: "))
                // forms of a duty that is left out for faults of its own are not faults themselves
                .noneMatch(fault -> fault.startsWith("forms/credentials/"));
        verify(repository, never()).createDeployment();
    }

    private void start(CatalogueFolder folder) throws ClassNotFoundException {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.setResourceLoader(folder.resources());
            context.registerBean(CatalogueFaults.class);
            for (String reader : READERS) {
                context.registerBean(Class.forName(reader));
            }
            context.registerBean("messageSource", MessageSource.class, CatalogueReportTests::messages);
            context.registerBean(NoticeTexts.class);
            context.registerBean(Vocabulary.class, DiagramRulesTests::vocabulary);
            context.registerBean(Decisions.class);
            context.registerBean(DiagramRules.class);
            context.registerBean(RepositoryService.class, () -> repository);
            context.registerBean(DutyDeployment.class);
            context.refresh();
        }
    }

    private static MessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBundleClassLoader(CatalogueReportTests.class.getClassLoader());
        messages.setBasename("messages/notices");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
