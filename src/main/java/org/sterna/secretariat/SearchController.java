package org.sterna.secretariat;

import java.security.Principal;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** One box for Parties, people, obligations and papers. */
@Controller
class SearchController {

    /** Of each kind. */
    private static final int MOST = 20;

    /** What was found. */
    record Hit(String href, String text, String note) {}

    private final Office office;
    private final Search search;
    private final Standings standings;
    private final Parties parties;
    private final Duties duties;
    private final Wording wording;

    SearchController(
            Office office, Search search, Standings standings, Parties parties, Duties duties, Wording wording) {
        this.office = office;
        this.search = search;
        this.standings = standings;
        this.parties = parties;
        this.duties = duties;
        this.wording = wording;
    }

    @GetMapping("/secretariat/search")
    String search(@RequestParam(defaultValue = "") String q, Principal principal, Locale reader, Model model) {
        office.member(principal);
        List<String> words = Search.words(q);
        model.addAttribute("q", q.strip());
        if (!words.isEmpty()) {
            List<Party> all = parties.all();
            model.addAttribute("parties", parties(all, words, reader));
            model.addAttribute(
                    "people",
                    search.people(words, wording.today(), MOST).stream()
                            .map(person -> person(person, reader))
                            .toList());
            model.addAttribute("cases", cases(all, words, reader));
            model.addAttribute(
                    "papers",
                    search.papers(words, national(), MOST).stream()
                            .map(paper -> paper(paper, reader))
                            .toList());
        }
        return "secretariat/search";
    }

    private List<String> national() {
        return duties.all().stream().filter(Duty::national).map(Duty::key).toList();
    }

    private List<Hit> parties(List<Party> all, List<String> words, Locale reader) {
        return all.stream()
                .filter(party -> Search.fits(names(party), words))
                .sorted(Comparator.comparing(party -> party.name(reader), Collator.getInstance(reader)))
                .map(party -> new Hit(
                        "/secretariat/register/" + party.code(),
                        party.name(reader),
                        wording.text("region." + party.region().code(), reader)))
                .toList();
    }

    private static String names(Party party) {
        return String.join(" ", party.code(), party.nameEn(), party.nameFr(), party.nameEs());
    }

    /** Each word may begin the Party's name, the duty's or the occasion's, and each of them may be left out. */
    private List<Hit> cases(List<Party> all, List<String> words, Locale reader) {
        List<String> occasions = standings.occasions();
        Set<String> parties = all.stream().map(Party::code).collect(Collectors.toSet());
        Set<String> keys = duties.all().stream().map(Duty::key).collect(Collectors.toSet());
        Set<String> named = null;
        for (String word : words) {
            List<String> one = List.of(word);
            Set<String> ofParty = all.stream()
                    .filter(party -> Search.fits(names(party), one))
                    .map(Party::code)
                    .collect(Collectors.toSet());
            Set<String> ofDuty = duties.all().stream()
                    .filter(duty ->
                            Search.fits(duty.code() + " " + duty.key() + " " + wording.duty(duty.key(), reader), one))
                    .map(Duty::key)
                    .collect(Collectors.toSet());
            Set<String> ofOccasion =
                    occasions.stream().filter(code -> Search.fits(code, one)).collect(Collectors.toSet());
            if (!ofParty.isEmpty()) {
                parties.retainAll(ofParty);
            } else if (!ofDuty.isEmpty()) {
                keys.retainAll(ofDuty);
            } else if (!ofOccasion.isEmpty()) {
                named = named == null ? ofOccasion : intersection(named, ofOccasion);
            } else {
                return List.of();
            }
        }
        return search.cases(parties, keys, named, MOST).stream()
                .map(one -> new Hit(
                        "/secretariat/obligations/" + one.id(),
                        wording.party(one.partyCode(), reader) + ": " + wording.duty(one.duty(), reader),
                        wording.occasion(one.occasion())))
                .toList();
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toSet());
    }

    private Hit person(Search.Person person, Locale reader) {
        List<String> notes = new ArrayList<>(List.of(wording.seat(person.seatCode(), reader), person.email()));
        if (!person.inOffice()) {
            notes.add(wording.text("search.former", reader));
        }
        return new Hit(href(person.partyCode()), person.name(), String.join(" · ", notes));
    }

    private static String href(@Nullable String partyCode) {
        return "/secretariat/register" + (partyCode == null ? "" : "/" + partyCode);
    }

    private Hit paper(Search.Paper paper, Locale reader) {
        UUID obligation = paper.obligationId();
        return new Hit(
                obligation == null ? href(paper.partyCode()) : "/secretariat/obligations/" + obligation,
                paper.name(),
                wording.party(paper.partyCode(), reader));
    }
}
