package org.sterna;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says on the console of a demonstration where to go and who to log in as. */
@Component
@Profile("demo")
class DemoGreeting {

    private static final Logger LOG = LoggerFactory.getLogger(DemoGreeting.class);

    private final String baseUrl;

    DemoGreeting(@Value("${sterna.base-url}") String baseUrl) {
        this.baseUrl = baseUrl;
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        LOG.info("""
                Sterna is ready: {}

                  Secretariat   secretariat                 {}/secretariat
                  focal point   che-nfp, fra-nfp, arg-nfp   {}/desk   (every Party: <iso3>-nfp, <iso3>-alt, <iso3>-min)
                  Cockpit       admin                       {}/camunda/app/cockpit/default/
                  password of all: sterna-demo-2026
                """, "\n\n  " + baseUrl, baseUrl, baseUrl, baseUrl);
    }
}
