package org.sterna.notices;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The address that mail comes back to, different for every notice (VERP), so that a bounce names its notice whatever
 * the returning server writes. The mark is the notice's random id, which nobody but the recipient's server learns.
 */
@Component
class ReturnAddress {

    private final @Nullable String before;
    private final @Nullable String after;
    private final @Nullable Pattern pattern;

    ReturnAddress(DeliverySettings settings) {
        String bounces = settings.bounces();
        if (bounces == null) {
            before = null;
            after = null;
            pattern = null;
        } else {
            int at = bounces.lastIndexOf('@');
            before = at == 0 ? "" : bounces.substring(0, at) + "+";
            after = bounces.substring(at);
            pattern = Pattern.compile(
                    Pattern.quote(before) + "([0-9a-f]{32})" + Pattern.quote(after), Pattern.CASE_INSENSITIVE);
        }
    }

    /** Where the notice comes back to; null if no address is configured for that. */
    @Nullable
    String of(UUID noticeId) {
        return pattern == null ? null : before + mark(noticeId) + after;
    }

    /** The notice that one of the addresses in the text names. */
    Optional<UUID> notice(@Nullable String text) {
        if (pattern == null || text == null) {
            return Optional.empty();
        }
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(unmarked(found.group(1))) : Optional.empty();
    }

    private static String mark(UUID id) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(id.getMostSignificantBits()) + hex.toHexDigits(id.getLeastSignificantBits());
    }

    private static UUID unmarked(String mark) {
        String hex = mark.toLowerCase(Locale.ROOT);
        return new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }
}
