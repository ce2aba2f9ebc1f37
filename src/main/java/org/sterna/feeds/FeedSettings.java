package org.sterna.feeds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may read the calendar.
 *
 * @param open whether the calendar of actions is public: duties and deadlines, never a Party's
 */
@ConfigurationProperties("sterna.public-calendar")
record FeedSettings(@DefaultValue("false") boolean open) {}
