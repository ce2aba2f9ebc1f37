package org.sterna.calendar;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code sterna.calendar}.
 *
 * @param zone the zone in which deadline days end, unless a rule names another; the Secretariat's by default
 */
@ConfigurationProperties("sterna.calendar")
public record CalendarSettings(
        @DefaultValue("Europe/Berlin") ZoneId zone) {}
