package org.sterna.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The packages that {@code package-lock.json} names, unpacked without npm. Each archive is checked against the lock
 * file's SHA-512 sum and kept in {@code ~/.m2/npm}, so that later builds need no network.
 */
final class NodeModules {

    private static final Path LOCK = Path.of("package-lock.json");
    private static final Path KEPT = Path.of(System.getProperty("user.home"), ".m2", "npm");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String registry = registry();

    /**
     * Unpacks the packages into a folder's {@code node_modules}, unless they are there.
     *
     * @throws IOException if a package can be neither found nor fetched
     */
    void unpackInto(Path folder) throws IOException {
        byte[] lock = Files.readAllBytes(LOCK);
        Path mark = folder.resolve("unpacked.sha512");
        String sum = sha512(lock);
        if (Files.exists(mark) && Files.readString(mark).equals(sum)) {
            return;
        }
        var packages = new ObjectMapper().readTree(lock).get("packages").properties();
        for (var entry : packages) {
            String place = entry.getKey();
            if (!place.isEmpty()) {
                unpack(archive(place, entry.getValue()), folder.resolve(place));
            }
        }
        Files.writeString(mark, sum);
    }

    private byte[] archive(String place, JsonNode described) throws IOException {
        String name = place.substring(place.lastIndexOf("node_modules/") + "node_modules/".length());
        String version = described.get("version").textValue();
        String integrity = described.get("integrity").textValue();
        Path kept = KEPT.resolve(name.replace('/', '+') + "-" + version + ".tgz");
        if (Files.exists(kept)) {
            byte[] bytes = Files.readAllBytes(kept);
            if (sha512(bytes).equals(integrity)) {
                return bytes;
            }
        }
        URI address = URI.create(
                "%s%s/-/%s-%s.tgz".formatted(registry, name, name.substring(name.indexOf('/') + 1), version));
        byte[] bytes = fetch(address);
        if (!sha512(bytes).equals(integrity)) {
            throw new IOException("What %s sent is not what package-lock.json names".formatted(address));
        }
        Files.createDirectories(KEPT);
        Path arriving = Files.createTempFile(KEPT, "arriving", ".tgz");
        Files.write(arriving, bytes);
        Files.move(arriving, kept, StandardCopyOption.REPLACE_EXISTING);
        return bytes;
    }

    private byte[] fetch(URI address) throws IOException {
        var request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("%s answered %d".formatted(address, answer.statusCode()));
            }
            return answer.body();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while fetching " + address, stopped);
        } catch (IOException failed) {
            throw new IOException(
                    ("The diagram checker cannot be fetched from %s (%s); connect to the npm registry once, or name a"
                                    + " mirror in the environment variable npm_config_registry")
                            .formatted(address, failed.getMessage()),
                    failed);
        }
    }

    /** Archives of the registry have one top folder, mostly {@code package}; it is left out. */
    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(archive));
                var tar = new TarArchiveInputStream(new BufferedInputStream(unzipped))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isFile()) {
                    continue;
                }
                Path file = folder.resolve(
                                entry.getName().substring(entry.getName().indexOf('/') + 1))
                        .normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("An archive points outside its folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String sha512(byte[] bytes) {
        try {
            return "sha512-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The registry that npm itself would use: the environment, then {@code ~/.npmrc}, then the public one. */
    private static String registry() {
        String address = Optional.ofNullable(System.getenv("npm_config_registry"))
                .or(() -> Optional.ofNullable(System.getenv("NPM_CONFIG_REGISTRY")))
                .filter(value -> !value.isBlank())
                .or(NodeModules::registryOfTheUser)
                .orElse("https://registry.npmjs.org/");
        return address.endsWith("/") ? address : address + "/";
    }

    private static Optional<String> registryOfTheUser() {
        Path settings = Path.of(System.getProperty("user.home"), ".npmrc");
        if (!Files.isReadable(settings)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(settings)) {
            return lines.map(String::strip)
                    .filter(line -> line.matches("registry\\s*=.+"))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip())
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
