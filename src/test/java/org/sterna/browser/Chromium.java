package org.sterna.browser;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium that browser tests drive: the one named in the environment variable {@code CHROMIUM}, or one on the
 * path. On Debian and its kin it is installed by apt where that is allowed.
 */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Chromium() {}

    /**
     * The executable.
     *
     * @throws IllegalStateException with one line that says what to install, if there is none
     */
    static Path executable() {
        String named = System.getenv("CHROMIUM");
        if (named != null && !named.isBlank()) {
            Path path = Path.of(named);
            if (!Files.isExecutable(path)) {
                throw new IllegalStateException("CHROMIUM names '%s', which cannot be run".formatted(named));
            }
            return path;
        }
        return onPath(NAMES)
                .or(() -> installed())
                .orElseThrow(() -> new IllegalStateException("The browser tests need Chromium: install it (Debian:"
                        + " apt-get install chromium) or name its executable in the environment variable CHROMIUM"));
    }

    private static Optional<Path> onPath(List<String> names) {
        List<String> folders =
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return names.stream()
                .flatMap(name -> Stream.of(name, name + ".exe"))
                .flatMap(name ->
                        folders.stream().filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, name)))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> installed() {
        if (onPath(List.of("apt-get")).isEmpty()) {
            return Optional.empty();
        }
        List<String> prefix = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            if (onPath(List.of("sudo")).isEmpty() || run(List.of("sudo", "-n", "true")) != 0) {
                return Optional.empty();
            }
            prefix.addAll(List.of("sudo", "-n"));
        }
        prefix.addAll(List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get"));
        say("No Chromium found; installing it by apt-get (about 100 MB, once) ...");
        if (run(with(prefix, "-q", "update")) != 0
                || run(with(prefix, "-q", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"))
                        != 0) {
            say("apt-get could not install Chromium.");
            return Optional.empty();
        }
        say("Chromium is installed.");
        return onPath(NAMES);
    }

    private static List<String> with(List<String> prefix, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(arguments));
        return command;
    }

    private static int run(List<String> command) {
        try {
            Process running =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            running.getOutputStream().close();
            String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = running.waitFor();
            if (exit != 0 && !said.isBlank()) {
                say(String.join(" ", command) + " said: "
                        + said.lines().reduce((first, last) -> last).orElse(""));
            }
            return exit;
        } catch (IOException cannotRun) {
            return -1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static void say(String sentence) {
        System.out.println(sentence);
    }
}
