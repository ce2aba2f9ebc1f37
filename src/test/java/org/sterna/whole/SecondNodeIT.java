package org.sterna.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.MailSink;
import org.sterna.campaigns.Campaigns;
import org.sterna.notices.MailGate;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** A second node on the database of a first one, each in a folder of its own, and neither told a name. */
class SecondNodeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();
    private String url;
    private MailSink sink;

    @BeforeEach
    void prepare() throws IOException {
        url = Databases.emptyPostgresUrl();
        sink = new MailSink();
    }

    @AfterEach
    void end() {
        nodes.forEach(ConfigurableApplicationContext::close);
        sink.close();
    }

    /** The second node starts while the first one’s mail is on its way, of which each takes a while. */
    @Test
    void keepsBackNothingOfTheFirstAndTakesItsName() throws Exception {
        ConfigurableApplicationContext first = node("first");
        sink.beforeReply = count -> {
            if (count >= 5) {
                startSecond();
            }
        };
        Campaigns.Campaign campaign = first.getBean(Campaigns.class)
                .open(
                        "nomination-confirmation",
                        "together",
                        first.getBean(Parties.class).all().stream()
                                .map(Party::code)
                                .toList(),
                        "secretariat");
        await().atMost(PATIENCE)
                .until(() -> first.getBean(Campaigns.class)
                                .find(campaign.id())
                                .orElseThrow()
                                .opened()
                        == 133);
        await().atMost(PATIENCE).until(() -> nodes.size() == 2);
        ConfigurableApplicationContext second = nodes.get(1);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        count("select count(*) from notice where state in ('QUEUED', 'SENDING')"))
                .isZero());

        assertThat(count("select count(*) from notice where state = 'HELD'")).isZero();
        assertThat(count("select count(distinct email_key) from notice where state = 'SENT'"))
                .isGreaterThanOrEqualTo(133);
        await().atMost(PATIENCE)
                .until(() -> second.getBean(MailGate.class).state().open());
        assertThat(first.getBean(MailGate.class).state().open()).isTrue();
        assertThat(installation("second")).isEqualTo(installation("first"));
    }

    /** Returns once the second node has looked at what the first one is sending. */
    private synchronized void startSecond() {
        if (nodes.size() == 1) {
            ConfigurableApplicationContext second = node("second");
            await().atMost(PATIENCE)
                    .until(() -> second.getBean(MailGate.class).state().open()
                            || count("select count(*) from notice where state = 'HELD'") > 0);
            nodes.add(second);
        }
    }

    private ConfigurableApplicationContext node(String name) {
        ConfigurableApplicationContext node = Application.besideOthers(Application.on(
                url,
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + sink.port(),
                "--sterna.occasions.open-by-themselves=false",
                "--sterna.notices.sender.delay=PT0.2S",
                "--sterna.notices.delivery.installation-file=" + file(name)));
        if (name.equals("first")) {
            nodes.add(node);
        }
        return node;
    }

    private Path file(String name) {
        return folder.resolve(name + ".properties");
    }

    private String installation(String name) throws IOException {
        return Files.readAllLines(file(name)).stream()
                .filter(line -> line.startsWith("installation="))
                .findFirst()
                .orElseThrow();
    }

    private long count(String query) {
        return nodes.get(0)
                .getBean(JdbcClient.class)
                .sql(query)
                .query(Long.class)
                .single();
    }
}
