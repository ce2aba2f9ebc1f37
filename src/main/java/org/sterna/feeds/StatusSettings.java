package org.sterna.feeds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may read the status of contributions.
 *
 * @param open whether it is public, as it has been monthly since 4 August 2022 (Res. 13.2)
 */
@ConfigurationProperties("sterna.public-contributions")
record StatusSettings(@DefaultValue("false") boolean open) {}
