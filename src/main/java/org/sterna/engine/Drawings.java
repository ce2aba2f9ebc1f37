package org.sterna.engine;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The diagram of a case: how it is drawn, which way it went and where it stands. */
public interface Drawings {

    /** What an element of a diagram is to a reader. */
    enum Kind {
        /** Somebody does it. */
        STEP,
        /** It happens by itself. */
        AUTOMATIC,
        /** The way parts there. */
        QUESTION,
        /** It begins, is interrupted or ends there. */
        EVENT
    }

    /**
     * A place of the diagram that the case came to.
     *
     * @param element its id in the diagram
     * @param name its name, in the reader's language where it is translated, else as it is drawn
     * @param translated whether the name is in the reader's language
     * @param kind what it is
     * @param since when the case came there
     * @param until when it went on; null while it stands there
     * @param withdrawn whether it was left without being done
     * @param stuck whether it waits for somebody to have a failed act tried again
     */
    record Visit(
            String element,
            String name,
            boolean translated,
            Kind kind,
            Instant since,
            @Nullable Instant until,
            boolean withdrawn,
            boolean stuck) {}

    /**
     * The way of a case, over all its rounds if it was reopened.
     *
     * @param visits in the order of the way
     * @param flows ids of the arrows that were walked
     */
    record Way(List<Visit> visits, Set<String> flows) {

        /** Ids of the places it has left. */
        public List<String> done() {
            return visits.stream()
                    .filter(visit -> visit.until() != null && !visit.withdrawn())
                    .map(Visit::element)
                    .distinct()
                    .toList();
        }

        /** Ids of the places where it stands. */
        public List<String> here() {
            return visits.stream()
                    .filter(visit -> visit.until() == null)
                    .map(Visit::element)
                    .distinct()
                    .toList();
        }

        /** Ids of the places where it is stuck. */
        public List<String> stuck() {
            return visits.stream()
                    .filter(Visit::stuck)
                    .map(Visit::element)
                    .distinct()
                    .toList();
        }
    }

    /** The way the case went; empty if the engine does not know the case, as before its first act. */
    Optional<Way> way(UUID obligationId, Locale reader);

    /** The diagram the case runs by as BPMN 2.0 XML, its names in the reader's language where they are translated. */
    Optional<String> diagram(UUID obligationId, Locale reader);
}
