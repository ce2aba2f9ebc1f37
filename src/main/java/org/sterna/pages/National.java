package org.sterna.pages;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.sterna.documents.Document;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;

/**
 * What stays within a Party: answers, papers and letters of duties whose answers are national. The Secretariat sees that
 * something was sent and when, not what.
 */
@Component
public class National {

    private final Duties duties;
    private final Obligations obligations;
    private final Wording wording;

    National(Duties duties, Obligations obligations, Wording wording) {
        this.duties = duties;
        this.obligations = obligations;
        this.wording = wording;
    }

    /** Whether what the Party answers there is hidden from the reader. */
    public boolean hides(String duty, Account reader) {
        return reader.secretariat() && duties.find(duty).filter(Duty::national).isPresent();
    }

    /** Whether the step is one whose answers are hidden from the reader; the Secretariat’s own steps never are. */
    public boolean hides(OpenTask task, Obligation obligation, Account reader) {
        return obligation.ofParty(task.seatCode()) && hides(obligation.duty(), reader);
    }

    /** Whether the text of a letter is hidden from the reader; one to a seat outside the Party never is. */
    public boolean hides(Notice notice, Account reader) {
        return reader.secretariat()
                && obligations
                        .find(notice.obligationId())
                        .filter(about -> about.ofParty(notice.seatCode()) && hides(about.duty(), reader))
                        .isPresent();
    }

    /** Those of the papers that the reader may know of, in their order; one statement for all. */
    public List<Document> shown(Collection<Document> papers, Account reader) {
        if (!reader.secretariat() || papers.isEmpty() || duties.all().stream().noneMatch(Duty::national)) {
            return List.copyOf(papers);
        }
        Map<String, String> ofParties = obligations.dutiesOfPartySteps(
                papers.stream().map(Document::taskId).distinct().toList());
        return papers.stream()
                .filter(paper ->
                        !ofParties.containsKey(paper.taskId()) || !hides(ofParties.get(paper.taskId()), reader))
                .toList();
    }

    /** What stands where something is hidden. */
    public String sentence(Locale language) {
        return wording.text("national.withheld", language);
    }
}
