package org.sterna.duties;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue needs to know of a BPMN diagram.
 *
 * @param processes ids of its processes
 * @param tasks its user tasks in document order
 * @param ends ids of its end events
 */
record Diagram(List<String> processes, List<Task> tasks, Set<String> ends) {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern SEAT = Pattern.compile("\\$\\{\\s*seat\\.of\\(\\s*['\"]([a-z]+)['\"]\\s*\\)\\s*}");

    /**
     * A user task.
     *
     * @param id its id; empty if it has none
     * @param candidates its candidate groups as written; null if it has none
     */
    record Task(String id, @Nullable String candidates) {

        /** The role in {@code ${seat.of('role')}}; null if the candidate groups say anything else. */
        @Nullable
        String role() {
            Matcher matcher = SEAT.matcher(candidates == null ? "" : candidates.trim());
            return matcher.matches() ? matcher.group(1) : null;
        }
    }

    /**
     * Reads a diagram, without document types and external entities.
     *
     * @throws XMLStreamException if it is not well-formed XML
     */
    static Diagram read(InputStream content) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(content);
        List<String> processes = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        Set<String> ends = new HashSet<>();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT && BPMN.equals(reader.getNamespaceURI())) {
                String id = reader.getAttributeValue(null, "id");
                switch (reader.getLocalName()) {
                    case "process" -> processes.add(id == null ? "" : id);
                    case "userTask" ->
                        tasks.add(new Task(id == null ? "" : id, reader.getAttributeValue(CAMUNDA, "candidateGroups")));
                    case "endEvent" -> ends.add(id == null ? "" : id);
                    default -> {
                        // of no interest to the catalogue
                    }
                }
            }
        }
        return new Diagram(processes, tasks, ends);
    }
}
