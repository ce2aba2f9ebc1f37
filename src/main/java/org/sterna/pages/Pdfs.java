package org.sterna.pages;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;

/**
 * Prints templates as PDF in the reader's language. Templates are well-formed XHTML with their style inside; they load
 * nothing from elsewhere.
 */
@Component
public class Pdfs {

    /** In PDFBox's own archive; has all letters of the languages of the Convention and of the Parties' names. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    static {
        // it tells every step of its work on the standard error stream
        XRLog.setLoggingEnabled(false);
    }

    private final SpringTemplateEngine templates;
    private final ApplicationContext application;

    Pdfs(SpringTemplateEngine templates, ApplicationContext application) {
        this.templates = templates;
        this.application = application;
    }

    /**
     * Writes a template as PDF.
     *
     * @param template name of the template, for example {@code pdf/party}
     * @param values what it is filled with
     * @throws IOException if the target cannot be written
     */
    public void write(String template, Map<String, ?> values, Locale reader, OutputStream target) throws IOException {
        Context context = new Context(reader, Map.copyOf(values));
        context.setVariable(
                ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
                new ThymeleafEvaluationContext(application, null));
        PdfRendererBuilder printer = new PdfRendererBuilder();
        printer.useFastMode();
        printer.useFont(Pdfs::font, "Liberation Sans", 400, FontStyle.NORMAL, true);
        printer.useUriResolver((base, address) -> null);
        printer.withHtmlContent(templates.process(template, context), null);
        printer.toStream(target);
        printer.run();
    }

    private static InputStream font() {
        return Objects.requireNonNull(Pdfs.class.getResourceAsStream(FONT), FONT);
    }
}
