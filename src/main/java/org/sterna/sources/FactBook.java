package org.sterna.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.InvalidCatalogue;
import org.sterna.forms.Form;
import org.sterna.forms.Forms;
import org.sterna.forms.Source;
import org.sterna.register.Facts;

/** All facts that modules tell about Parties, by name. */
@Component
class FactBook {

    private final CatalogueFaults catalogue;
    private final Map<String, Facts> tellers = new TreeMap<>();

    /** @throws InvalidCatalogue naming every form and field that asks for a fact that nobody tells */
    FactBook(List<Facts> all, Forms forms) {
        this(all, forms, new CatalogueFaults());
        catalogue.stop();
    }

    /** A form and field that ask for a fact that nobody tells are gathered with all other faults. */
    @Autowired
    FactBook(List<Facts> all, Forms forms, CatalogueFaults catalogue) {
        this.catalogue = catalogue;
        for (Facts facts : all) {
            for (String name : facts.names()) {
                Facts other = tellers.put(name, facts);
                if (other != null) {
                    throw new IllegalStateException("The fact %s is told by %s and %s"
                            .formatted(
                                    name,
                                    other.getClass().getName(),
                                    facts.getClass().getName()));
                }
            }
        }
        List<String> faults = new ArrayList<>();
        for (Form form : forms.all()) {
            form.sources().forEach((at, source) -> check(form, at, source, faults));
        }
        catalogue.add(faults);
    }

    private void check(Form form, String at, Source source, List<String> faults) {
        if (source.kind() == Source.Kind.REGISTER && !tellers.containsKey(source.name())) {
            faults.add("forms/%s/%s.form: %s: there is no fact '%s'; known are %s"
                    .formatted(form.duty(), form.step(), at, source.name(), String.join(", ", tellers.keySet())));
        }
    }

    /** The fact as it stands now. */
    Optional<Object> find(String name, String partyCode, String occasion) {
        return tellers.get(name).find(name, partyCode, occasion);
    }
}
