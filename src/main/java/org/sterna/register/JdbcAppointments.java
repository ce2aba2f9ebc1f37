package org.sterna.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcAppointments implements Appointments {

    /** What a nomination answers to whether the person replaces somebody. */
    private static final String SUCCESSOR = "successor";

    private final JdbcClient database;
    private final JdbcSeats seats;
    private final JdbcAddresses addresses;
    private final JdbcAccountAdministration accounts;
    private final JdbcAccountLetters letters;
    private final AccountJournal journal;
    private final ObjectMapper json;
    private final RegisterSettings settings;
    private final Clock clock;

    JdbcAppointments(
            JdbcClient database,
            JdbcSeats seats,
            JdbcAddresses addresses,
            JdbcAccountAdministration accounts,
            JdbcAccountLetters letters,
            AccountJournal journal,
            ObjectMapper json,
            RegisterSettings settings,
            Clock clock) {
        this.database = database;
        this.seats = seats;
        this.addresses = addresses;
        this.accounts = accounts;
        this.letters = letters;
        this.journal = journal;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Holder confirm(Nomination nomination) {
        String seat = nomination.seatCode();
        lock(seat);
        List<Holder> terms = seats.terms(seat);
        return terms.stream()
                .filter(term -> nomination.evidence().equals(term.evidence()))
                .findFirst()
                .orElseGet(() -> {
                    Holder confirmed = confirm(nomination, provisional(terms, nomination.username()));
                    addresses.abandon(terms.stream().map(Holder::email).toList());
                    return confirmed;
                });
    }

    private Holder confirm(Nomination nomination, Optional<Holder> designated) {
        Person person = person(nomination);
        String former = designated.map(Holder::username).orElse(nomination.username());
        boolean stays = former != null && stays(nomination, former, person);
        Optional<Holder> provisional = designated.filter(term -> term.username() == null || stays);
        UUID id = provisional.map(Holder::id).orElseGet(UUID::randomUUID);
        // a designate who already acts goes on acting, even if the letter names a later day
        LocalDate from =
                provisional.map(Holder::from).filter(nomination.from()::isAfter).orElse(nomination.from());
        String statement = provisional.isPresent() ? """
                  update term_of_office set username = :username, name = :name, email = :email, language = :language, first_day = :from,
                      last_day = null, confirmed = true, evidence = :evidence, person = :person
                  where id = :id
                  """ : """
                  insert into term_of_office (id, seat_code, username, name, email, language, first_day, confirmed,
                      evidence, person)
                  values (:id, :seat, :username, :name, :email, :language, :from, true, :evidence, :person)
                  """;
        String username = stays ? former : account(nomination, person, former);
        database.sql(statement)
                .param("id", id)
                .param("seat", nomination.seatCode())
                .param("username", username)
                .param("name", person.name())
                .param("email", person.email())
                .param("language", person.language().getLanguage())
                .param("from", from)
                .param("evidence", nomination.evidence())
                .param("person", written(nomination.person()))
                .update();
        TermWords.keep(database, List.of(new TermWords.Named(id, person.name(), person.email())));
        endOthers(nomination, id, username);
        follow(username, person, nomination.by());
        return new Holder(
                id,
                nomination.seatCode(),
                username,
                person.name(),
                person.email(),
                person.language(),
                from,
                null,
                true,
                nomination.evidence());
    }

    /** Whether the nominated person is the one who uses the account already. */
    private boolean stays(Nomination nomination, String username, Person person) {
        record Use(String name, boolean known) {}
        List<Use> uses = database.sql("""
                        select a.display_name as name, exists (
                            select 1 from account_event e where e.username = a.username and e.kind = :opened) as known
                        from account a where a.username = :username
                        union all
                        select t.name, t.evidence is not null from term_of_office t where t.username = :username
                        """)
                .param("username", username)
                .param("opened", AccountAdministration.Happening.OPENED.name())
                .query(Use.class)
                .list();
        if (SUCCESSOR.equals(nomination.person().get("replaces"))) {
            return uses.stream().anyMatch(use -> NameWords.of(use.name()).equals(NameWords.of(person.name())));
        }
        // an account that was an office’s so far becomes the first person’s
        return uses.stream().noneMatch(Use::known)
                || uses.stream().anyMatch(use -> JdbcAccountAdministration.sameName(use.name(), person.name()));
    }

    private String account(Nomination nomination, Person person, @Nullable String former) {
        return accounts.ofPerson(nomination.seatCode(), person.name(), person.email(), former)
                .orElseGet(() -> accounts.openFor(
                        nomination.seatCode(), person.name(), person.email(), person.language(), nomination.by()));
    }

    /** Has the account show the person, and tells the address before if there was another. */
    private void follow(String username, Person person, @Nullable String by) {
        String before = database.sql("select email from account where username = :username")
                .param("username", username)
                .query(String.class)
                .single();
        if (!Addresses.key(before).equals(Addresses.key(person.email()))) {
            letters.write(username, AccountLetters.Kind.ADDRESS_CHANGED);
            letters.withdrawLinks(username);
            journal.note(username, AccountAdministration.Happening.ADDRESS_CHANGED, by, before);
        }
        database.sql("""
                        update account set display_name = :name, email = :email, language = :language
                        where username = :username
                        """)
                .param("name", person.name())
                .param("email", person.email())
                .param("language", person.language().getLanguage())
                .param("username", username)
                .update();
    }

    /** Ends the other terms of the seat; with another person's term go the absences registered for it. */
    private void endOthers(Nomination nomination, UUID id, String username) {
        LocalDate eve = nomination.from().minusDays(1);
        List<String> ended = database.sql("""
                        select coalesce(username, '') from term_of_office
                        where seat_code = :seat and id <> :id and (last_day is null or last_day > :eve)
                        """)
                .param("seat", nomination.seatCode())
                .param("id", id)
                .param("eve", eve)
                .query(String.class)
                .list();
        database.sql("""
                        update term_of_office set last_day = :eve
                        where seat_code = :seat and id <> :id and (last_day is null or last_day > :eve)
                        """)
                .param("seat", nomination.seatCode())
                .param("id", id)
                .param("eve", eve)
                .update();
        if (ended.stream().anyMatch(other -> !other.equals(username))) {
            database.sql("delete from absence where seat_code = :seat and first_day > :eve")
                    .param("seat", nomination.seatCode())
                    .param("eve", eve)
                    .update();
            database.sql("update absence set last_day = :eve where seat_code = :seat and last_day > :eve")
                    .param("seat", nomination.seatCode())
                    .param("eve", eve)
                    .update();
        }
    }

    @Override
    @Transactional
    public void absent(String seatCode, LocalDate from, LocalDate to) {
        if (!seatCode.startsWith(SeatRole.NFP.code() + "-")) {
            throw new IllegalArgumentException("seatCode: " + seatCode
                    + " is not a National Focal Point’s seat. Only a focal point’s absence is registered.");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "to: the last day, " + to + ", is before the first, " + from + ". Exchange or correct the days.");
        }
        if (ChronoUnit.DAYS.between(from, to) > settings.longestAbsenceInDays()) {
            throw new IllegalArgumentException("to: an absence ends at most " + settings.longestAbsenceInDays()
                    + " days after its first day. Choose " + from.plusDays(settings.longestAbsenceInDays())
                    + " or an earlier day, or nominate a new focal point.");
        }
        lock(seatCode);
        boolean known = database.sql(
                                "select count(*) from absence where seat_code = :seat and first_day = :from and last_day = :to")
                        .param("seat", seatCode)
                        .param("from", from)
                        .param("to", to)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!known) {
            database.sql("""
                            insert into absence (id, seat_code, first_day, last_day, registered_at)
                            values (:id, :seat, :from, :to, :at)
                            """)
                    .param("id", UUID.randomUUID())
                    .param("seat", seatCode)
                    .param("from", from)
                    .param("to", to)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** Makes changes to one seat take turns. */
    private void lock(String seatCode) {
        database.sql("select code from seat where code = :seat for update")
                .param("seat", seatCode)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("seatCode: there is no seat " + seatCode + "."));
    }

    /** The submitter's own provisional term, else the seat's only one: a former holder nominates its successor. */
    private static Optional<Holder> provisional(List<Holder> terms, @Nullable String username) {
        List<Holder> provisional = terms.stream()
                .filter(term -> !term.confirmed() && term.to() == null)
                .toList();
        return provisional.stream()
                .filter(term -> username != null && username.equals(term.username()))
                .findFirst()
                .or(() -> provisional.size() == 1 ? Optional.of(provisional.get(0)) : Optional.empty());
    }

    private record Person(String name, String email, Locale language) {}

    private Person person(Nomination nomination) {
        String name = Stream.of("givenName", "familyName")
                .map(field -> text(nomination.person().get(field)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("familyName: the nomination names nobody. Give the person’s name.");
        }
        String email = text(nomination.person().get("workEmail"));
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException(
                    "workEmail: the nomination has no usable e-mail address. Give the person’s work address.");
        }
        return new Person(name, email, language(nomination));
    }

    /** The first of the preferred languages if it is one of ours, else the Party's. */
    private Locale language(Nomination nomination) {
        Object preferred = nomination.person().get("preferredLanguages");
        String first = preferred instanceof Collection<?> several
                ? several.stream().findFirst().map(JdbcAppointments::text).orElse("")
                : text(preferred).split("[,; ]", 2)[0];
        return List.of("en", "fr", "es").contains(first)
                ? Locale.forLanguageTag(first)
                : database.sql(
                                "select p.language from party p join seat s on s.party_code = p.code where s.code = :seat")
                        .param("seat", nomination.seatCode())
                        .query(String.class)
                        .optional()
                        .map(Locale::forLanguageTag)
                        .orElse(Locale.ENGLISH);
    }

    /** One line, whatever was typed. */
    private static String text(@Nullable Object value) {
        return Objects.toString(value, "").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    private String written(Map<String, Object> person) {
        try {
            return json.writeValueAsString(person);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The person block of the nomination cannot be kept: " + e.getMessage(), e);
        }
    }
}
