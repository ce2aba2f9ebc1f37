package org.sterna.secretariat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;
import org.sterna.secretariat.Matrix.Cell;
import org.sterna.secretariat.Matrix.Column;
import org.sterna.secretariat.Matrix.Content;
import org.sterna.secretariat.Matrix.Order;
import org.sterna.secretariat.Matrix.Row;

/**
 * The inside of the matrix. It has thousands of cells, over which a template would take longer than all else; what many
 * of them say alike is written once.
 */
final class MatrixMarkup {

    private MatrixMarkup() {}

    static String groups(List<Column> columns) {
        Map<String, Long> wide = columns.stream()
                .collect(Collectors.groupingBy(Column::group, LinkedHashMap::new, Collectors.counting()));
        StringBuilder markup = new StringBuilder();
        wide.forEach((group, duties) -> markup.append("<th scope=\"colgroup\" class=\"group\" colspan=\"")
                .append(duties)
                .append("\"><span>")
                .append(Markup.text(group))
                .append("</span></th>"));
        return markup.toString();
    }

    static String heads(List<Column> columns) {
        StringBuilder markup = new StringBuilder();
        for (Column column : columns) {
            Order order = column.order();
            markup.append("<th scope=\"col\"");
            if (order.now() != null) {
                markup.append(" aria-sort=\"").append(order.now()).append('"');
            }
            markup.append("><a class=\"code\" href=\"/secretariat/duties/")
                    .append(segment(column.key()))
                    .append("\">");
            markup.append(Markup.text(column.code()))
                    .append("<span class=\"vh\">: ")
                    .append(Markup.text(column.title()));
            markup.append("</span></a> <a href=\"")
                    .append(Markup.text(order.href()))
                    .append("\"><span>");
            markup.append(Markup.text(column.title())).append("</span>");
            if (order.told() != null) {
                markup.append("<span class=\"vh\">")
                        .append(Markup.text(order.told()))
                        .append("</span><span aria-hidden=\"true\">");
                markup.append("ascending".equals(order.now()) ? " ▲" : " ▼").append("</span>");
            }
            markup.append("</a> <span class=\"hint\">")
                    .append(Markup.text(column.done()))
                    .append("</span></th>");
        }
        return markup.toString();
    }

    static String lines(List<Row> rows) {
        StringBuilder markup = new StringBuilder(rows.size() * 4096);
        Map<Content, Written> written = new HashMap<>();
        for (Row row : rows) {
            markup.append("<tr><th scope=\"row\" class=\"party\"><a href=\"/secretariat/register/")
                    .append(segment(row.code()));
            markup.append("\">")
                    .append(Markup.text(row.name()))
                    .append("</a> <span class=\"hint\">")
                    .append(Markup.text(row.region()))
                    .append("</span></th>");
            for (Cell cell : row.cells()) {
                if (cell == null) {
                    markup.append("<td></td>");
                } else {
                    Written around = written.computeIfAbsent(cell.content(), MatrixMarkup::written);
                    markup.append(around.before()).append(cell.id()).append(around.after());
                }
            }
            markup.append("</tr>\n");
        }
        return markup.toString();
    }

    /** What stands before and after the obligation's identity. */
    private record Written(String before, String after) {}

    private static Written written(Content content) {
        StringBuilder after = new StringBuilder("\"><b><i aria-hidden=\"true\">")
                .append(Markup.text(content.sign()))
                .append("</i> ")
                .append(Markup.text(content.state()))
                .append("</b> <span>")
                .append(Markup.text(content.when()))
                .append("</span>");
        if (content.next() != null) {
            after.append(" <small>").append(Markup.text(content.next())).append("</small>");
        }
        if (content.others() != null) {
            after.append(" <em>").append(Markup.text(content.others())).append("</em>");
        }
        return new Written(
                "<td class=\"" + content.css() + "\"><a href=\"/secretariat/obligations/",
                after.append("</a></td>").toString());
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, "UTF-8");
    }
}
