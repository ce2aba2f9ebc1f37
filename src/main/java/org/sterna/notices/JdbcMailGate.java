package org.sterna.notices;

import java.time.Clock;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The gate's hand lever is a row, so that all nodes see the same. */
@Component
class JdbcMailGate implements MailGate {

    static final String NO_SERVER = "notice.gate.no-mail-server";
    static final String SHUT = "notice.gate.shut";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMailGate.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean serverConfigured;

    JdbcMailGate(JdbcClient jdbc, Clock clock, ObjectProvider<JavaMailSenderImpl> mail) {
        this.jdbc = jdbc;
        this.clock = clock;
        JavaMailSenderImpl server = mail.getIfAvailable();
        this.serverConfigured = server != null && StringUtils.hasText(server.getHost());
    }

    @Override
    public Notices.Gate state() {
        if (!serverConfigured) {
            return new Notices.Gate(false, NO_SERVER);
        }
        boolean shut = jdbc.sql("select closed from mail_gate where id = 1")
                .query(Boolean.class)
                .single();
        return shut ? new Notices.Gate(false, SHUT) : new Notices.Gate(true, null);
    }

    @Override
    public boolean serverConfigured() {
        return serverConfigured;
    }

    @Override
    public void shut(String username, String why) {
        jdbc.sql("update mail_gate set closed = true, changed_by = :by, changed_at = :at, reason = :why where id = 1")
                .param("by", username)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("why", why)
                .update();
    }

    @Override
    public void open(String username) {
        jdbc.sql("update mail_gate set closed = false, changed_by = :by, changed_at = :at, reason = null where id = 1")
                .param("by", username)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        Notices.Gate gate = state();
        if (gate.open()) {
            LOG.info("The mail gate is open: notices are sent as they come");
        } else if (NO_SERVER.equals(gate.reason())) {
            LOG.warn("The mail gate is closed: no mail server is configured (spring.mail.host); notices are kept");
        } else {
            LOG.warn("The mail gate is closed: somebody shut it by hand; notices are kept until released");
        }
    }
}
