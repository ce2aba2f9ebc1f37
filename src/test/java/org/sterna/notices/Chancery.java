package org.sterna.notices;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.Databases;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Addresses;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.register.Seats;
import org.sterna.register.Today;
import org.sterna.time.MovableClock;

/** One node with one obligation of Switzerland, whose neighbours in other modules are played. */
final class Chancery {

    enum On {
        H2,
        POSTGRES;

        DataSource database() {
            return this == H2 ? Databases.h2() : Databases.postgres();
        }
    }

    static final String DUTY = "nomination-confirmation";
    static final LocalDate DEADLINE = LocalDate.of(2027, 1, 15);
    static final Locale SPANISH = Locale.forLanguageTag("es");
    static final DeliverySettings DELIVERY = new DeliverySettings(
            2,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            1000,
            "bounces@sterna.example.org",
            "test",
            Path.of("target/installation"),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15));
    static final String BASE_URL = "https://sterna.example.org/";

    final DataSource database;
    final JdbcClient jdbc;
    final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2027-01-01T08:00:00Z"), ZoneOffset.UTC), Duration.ZERO);
    final Obligations obligations = mock();
    final Seats seats = mock();
    final @Nullable JavaMailSenderImpl server;
    final Ledger ledger = mock();
    final Duties duties = mock();
    final Parties parties = parties();
    final PlayedWords words = new PlayedWords();
    final NoticeSettings settings;
    final DeliverySettings delivery;
    final TransactionTemplate transaction;
    final Addresses addresses = mock();
    final Set<UUID> suspended = new HashSet<>();
    final Map<UUID, Obligation> made = new HashMap<>();
    final Copies copies;
    final FailureLog failureLog;
    final Undeliverable undeliverable;
    final JdbcDeliveries deliveries;
    final JdbcDeliveryFailures failures;
    final JdbcMailGate gate;
    final JdbcMailServer mailServer;
    final Outbox outbox;
    final NoticeWriter writer;
    final NoticeSender sender;
    final JdbcPreferences preferences;
    final JdbcNotices notices;
    final JdbcPartyLists lists;

    /** @param mailPort the mail server's port on this machine; null for none configured */
    Chancery(DataSource database, @Nullable Integer mailPort) {
        this(database, mailPort, false);
    }

    /** @param sending whether the sender's own thread works; if not, tests call {@code sendDue} */
    Chancery(DataSource database, @Nullable Integer mailPort, boolean sending) {
        this(database, mailPort, sending, DELIVERY);
    }

    /** @param delivery how delivery is watched */
    Chancery(DataSource database, @Nullable Integer mailPort, boolean sending, DeliverySettings delivery) {
        this.database = database;
        this.delivery = delivery;
        this.settings = settings(sending);
        this.jdbc = JdbcClient.create(database);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        this.transaction = new TransactionTemplate(transactions);
        ObjectProvider<JavaMailSenderImpl> mail = mail(mailPort);
        this.server = mail.getIfAvailable();
        this.outbox = new Outbox(jdbc, new NamedParameterJdbcTemplate(database), transactions, clock);
        this.gate = new JdbcMailGate(jdbc, clock, new Installation(delivery, database()), outbox, delivery, mail);
        this.mailServer = new JdbcMailServer(jdbc, gate, delivery, clock);
        this.writer = new NoticeWriter(words, duties, messages(), parties, settings, clock, BASE_URL);
        this.preferences = new JdbcPreferences(jdbc, obligations, new Today(parties, clock), clock);
        ListBook book = new ListBook(jdbc, new NamedParameterJdbcTemplate(database));
        this.lists = new JdbcPartyLists(
                book,
                new ListWriter(words, duties, messages(), settings, clock, BASE_URL),
                outbox,
                obligations,
                parties,
                delivery,
                transactions,
                clock,
                BASE_URL);
        this.copies = new Copies(outbox, gate, seats, ledger, book, BASE_URL);
        Relevance relevance = new Relevance(obligations, duties, asked -> suspended, clock);
        LastLook lastLook = new LastLook(
                outbox,
                book,
                relevance,
                obligations,
                new JdbcLadders(jdbc, duties, words, parties, clock, event -> {}),
                clock);
        this.failureLog = new FailureLog(jdbc, addresses, new FailureSettings(5, Duration.ofHours(1)), clock);
        this.undeliverable = new Undeliverable(addresses, relevance, copies, failureLog);
        this.sender = new NoticeSender(
                outbox,
                gate,
                lastLook,
                mailServer,
                lists,
                undeliverable,
                new ReturnAddress(delivery),
                mail,
                settings,
                delivery,
                transactions,
                clock,
                BASE_URL);
        this.deliveries = new JdbcDeliveries(outbox, gate, lastLook, copies, sender, transactions);
        this.failures =
                new JdbcDeliveryFailures(failureLog, undeliverable, addresses, outbox, deliveries, transactions);
        this.notices = new JdbcNotices(
                outbox,
                gate,
                writer,
                sender,
                new Wishes(preferences, new Today(parties, clock)),
                lists,
                seats,
                obligations,
                ledger,
                transactions,
                clock,
                BASE_URL);
        when(obligations.list(any(), anyInt(), anyInt())).thenAnswer(call -> {
            Obligations.Filter filter = call.getArgument(0);
            List<Obligation> found = made.values().stream()
                    .filter(one ->
                            one.duty().equals(filter.duty()) && one.occasion().equals(filter.occasion()))
                    .toList();
            return new Obligations.Page<>(found, found.size());
        });
        when(seats.reachedBy(any())).thenReturn(List.of());
        when(obligations.findAll(any())).thenAnswer(call -> call.<Collection<UUID>>getArgument(0).stream()
                .flatMap(id -> obligations.find(id).stream())
                .toList());
        when(seats.mailedByEach(any())).thenAnswer(call -> call.<Collection<String>>getArgument(0).stream()
                .collect(Collectors.toMap(seat -> seat, seats::mailedBy)));
        when(seats.mailedBy(any())).thenAnswer(call -> seats.reachedBy(call.getArgument(0)));
    }

    /** As in the application, a database in memory has no past. */
    private String database() {
        return delivery == DELIVERY ? "jdbc:h2:mem:" : "jdbc:postgresql:";
    }

    private static NoticeSettings settings(boolean sending) {
        return new NoticeSettings(
                "CMS Secretariat <notices@sterna.example.org>",
                "cms@example.org",
                "cms@example.org",
                new NoticeSettings.Sender(sending, Duration.ofSeconds(5), 20));
    }

    Obligation obligation(Obligation.State state) {
        return obligation(UUID.randomUUID(), state, DEADLINE);
    }

    Obligation obligation(UUID id, Obligation.State state, LocalDate deadline) {
        return obligation(id, "CHE", state, deadline);
    }

    /** The same with its Party; in place of an older one with that id. */
    Obligation obligation(UUID id, String partyCode, Obligation.State state, LocalDate deadline) {
        Obligation obligation = new Obligation(
                id,
                DUTY,
                "2027",
                partyCode,
                state,
                new Deadline(deadline, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "opened+30D", false),
                clock.instant(),
                null,
                false,
                null);
        made.put(id, obligation);
        when(obligations.find(id)).thenReturn(Optional.of(obligation));
        return obligation;
    }

    /** Seats the holders in that seat. */
    void seat(String seatCode, Holder... holders) {
        when(seats.reachedBy(seatCode)).thenReturn(Arrays.asList(holders));
    }

    static Holder holder(String name, String email, Locale language) {
        return new Holder(
                UUID.randomUUID(), "nfp-CHE", null, name, email, language, LocalDate.of(2026, 1, 1), null, true, null);
    }

    static Notices.Request reminder(Obligation obligation, String... to) {
        return request(
                obligation, "reminder", "reminder-14@" + obligation.deadline().on(), Map.of(), to);
    }

    static Notices.Request request(
            Obligation obligation, String kind, String milestone, Map<String, String> values, String... to) {
        return new Notices.Request(obligation.id(), milestone, kind, List.of(to), List.of(), true, values);
    }

    Notice only(Obligation obligation) {
        List<Notice> all = notices.of(obligation.id());
        if (all.size() != 1) {
            throw new AssertionError("Expected one notice but there are " + all.size());
        }
        return all.get(0);
    }

    static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/notices");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    static Parties parties() {
        Parties parties = mock();
        List<Party> all = List.of(
                new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH),
                new Party("FRA", "France", "France", "Francia", Region.EUROPE, Locale.FRENCH),
                new Party("KEN", "Kenya", "Kenya", "Kenya", Region.AFRICA, Locale.ENGLISH),
                new Party("CIV", "Côte d’Ivoire", "Côte d’Ivoire", "Costa de Marfil", Region.AFRICA, Locale.FRENCH),
                new Party("EGY", "Egypt", "Égypte", "Egipto", Region.AFRICA, Locale.ENGLISH),
                new Party("ZWE", "Zimbabwe", "Zimbabwe", "Zimbabwe", Region.AFRICA, Locale.ENGLISH));
        when(parties.all()).thenReturn(all);
        all.forEach(party -> when(parties.find(party.code())).thenReturn(Optional.of(party)));
        return parties;
    }

    private static ObjectProvider<JavaMailSenderImpl> mail(@Nullable Integer port) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (port != null) {
            JavaMailSenderImpl server = new JavaMailSenderImpl();
            server.setHost("127.0.0.1");
            server.setPort(port);
            server.getJavaMailProperties().put("mail.smtp.connectiontimeout", "2000");
            server.getJavaMailProperties().put("mail.smtp.timeout", "2000");
            server.getJavaMailProperties().put("mail.smtp.writetimeout", "2000");
            beans.addBean("mailSender", server);
        }
        return beans.getBeanProvider(JavaMailSenderImpl.class);
    }

    /** Texts of the duty; a test can add more. */
    static final class PlayedWords implements Words {

        private final Map<String, Map<String, String>> texts = new HashMap<>();

        PlayedWords() {
            put(
                    "title",
                    "Confirmation of the nomination",
                    "Confirmation de la nomination",
                    "Confirmación del nombramiento");
            put("summary", "Send the letter.", "Envoyez la lettre.", "Envíe la carta.");
            put("why", "The register must be right.", "Le registre doit être exact.", "El registro debe ser exacto.");
            put("consequence", "Your ministry is told.", "Votre ministère est informé.", "Se informa a su ministerio.");
        }

        void put(String key, String english, String french, String spanish) {
            texts.put(DUTY + "." + key, Map.of("en", english, "fr", french, "es", spanish));
        }

        @Override
        public String text(String key, Locale reader, Object... arguments) {
            String text = texts.get(key).get(reader.getLanguage());
            return arguments.length == 0 ? text : new MessageFormat(text, reader).format(arguments);
        }

        @Override
        public Set<String> names(String prefix) {
            return texts.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> key.substring(prefix.length()))
                    .collect(Collectors.toSet());
        }

        @Override
        public boolean has(String key) {
            return texts.containsKey(key);
        }
    }
}
