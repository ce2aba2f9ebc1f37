package org.sterna.notices;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What this installation remembers outside the database: its name, which data it wrote last, and how often mail was
 * taken out to be sent by then. A backup brings back the database and not this.
 */
@Component
class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Path file;
    private final boolean lasting;
    private final boolean named;
    private final Properties remembered = new Properties();
    private boolean kept = true;

    Installation(DeliverySettings settings, @Value("${spring.datasource.url:}") String database) {
        this.file = settings.installationFile();
        this.lasting = !database.startsWith("jdbc:h2:mem:");
        this.named = settings.installation() != null;
        if (lasting) {
            read();
        }
        if (named) {
            remembered.setProperty("installation", settings.installation());
        }
        remembered.putIfAbsent("installation", UUID.randomUUID().toString());
    }

    /** Whether the data outlive this process at all; if not, they cannot be copied or restored either. */
    boolean lasting() {
        return lasting;
    }

    /** Whether the name comes from the settings, so that only they can change it. */
    boolean named() {
        return named;
    }

    /** Takes the name that another node, which works on the same data, answered with. */
    synchronized void join(String name) {
        remembered.setProperty("installation", name);
    }

    /** Whether this installation will know itself again. */
    boolean knowsItself() {
        return named || kept;
    }

    Path file() {
        return file;
    }

    synchronized String name() {
        return remembered.getProperty("installation");
    }

    /** How often mail had been taken out of those data when that was noted last; 0 for data that are not known. */
    synchronized long rounds(UUID incarnation) {
        return incarnation.toString().equals(remembered.getProperty("incarnation"))
                ? Long.parseLong(remembered.getProperty("rounds", "0"))
                : 0;
    }

    synchronized void note(UUID incarnation, long rounds) {
        if (!lasting || rounds(incarnation) > rounds) {
            return;
        }
        remembered.setProperty("incarnation", incarnation.toString());
        remembered.setProperty("rounds", Long.toString(rounds));
        write();
    }

    private void read() {
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                remembered.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.error("The file {}, by which this installation knows itself, cannot be read", file, e);
            }
        }
    }

    private void write() {
        try {
            Path absolute = file.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
            try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                remembered.store(writer, "By this Sterna tells its own data from copies; leave it out of backups");
            }
            move(fresh, absolute);
            kept = true;
        } catch (IOException e) {
            if (kept) {
                LOG.error(
                        "The file {}, by which this installation knows itself, cannot be written: {}", file, cause(e));
            }
            kept = false;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static @Nullable String cause(IOException failure) {
        return failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
}
