package org.sterna.pages;

import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.spring6.SpringTemplateEngine;

/**
 * Writes links to pages as they are. Only links to files are given to the resource chain, which adds the versions of
 * webjars: it looks for each on the whole classpath, and over a page of links that takes longer than all else.
 */
@Component
class PageLinks extends StandardLinkBuilder {

    PageLinks(SpringTemplateEngine templates) {
        templates.setLinkBuilder(this);
    }

    @Override
    protected String processLink(IExpressionContext context, String link) {
        return isFile(link) ? super.processLink(context, link) : link;
    }

    /** Whether it leads to where files are served as they are; what is written for the reader has an ending as well. */
    private static boolean isFile(String link) {
        int end = link.indexOf('?');
        String path = end < 0 ? link : link.substring(0, end);
        return path.contains("/webjars/") || path.contains("/assets/");
    }
}
