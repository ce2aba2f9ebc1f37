package org.sterna.documents;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is taken into custody.
 *
 * @param maxSize the largest document; 10 MB unless configured, which is also what the message
 *     {@code document.rejected.too_large} says
 * @param scanTimeout how long one scan may take before it counts as failed
 */
@ConfigurationProperties("sterna.documents")
public record DocumentSettings(
        @DefaultValue("10MB") DataSize maxSize,
        @DefaultValue("PT30S") Duration scanTimeout) {

    /** @throws IllegalArgumentException if a value is not positive */
    public DocumentSettings {
        if (maxSize.toBytes() <= 0) {
            throw new IllegalArgumentException("sterna.documents.max-size must be more than nothing, for example 10MB");
        }
        if (scanTimeout.isNegative() || scanTimeout.isZero()) {
            throw new IllegalArgumentException("sterna.documents.scan-timeout must be positive, for example PT30S");
        }
    }
}
