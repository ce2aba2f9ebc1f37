package org.sterna.structure;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs bpmnlint with the project's {@code .bpmnlintrc}. Node comes out of the browser driver, bpmnlint from
 * {@link NodeModules}: nothing but a JDK need be installed.
 */
final class Bpmnlint {

    private static final Path HOME = Path.of("target", "diagram-lint").toAbsolutePath();

    private Bpmnlint() {}

    /**
     * Checks all diagrams in one go.
     *
     * @return the findings per diagram, each naming element, severity, message and rule; empty lists for clean ones
     */
    static Map<Path, List<String>> check(Collection<Path> diagrams) throws IOException, InterruptedException {
        Map<Path, List<String>> findings = new LinkedHashMap<>();
        diagrams.forEach(diagram -> findings.put(diagram.toAbsolutePath().normalize(), new ArrayList<>()));
        if (findings.isEmpty()) {
            return findings;
        }
        Files.createDirectories(HOME);
        new NodeModules().unpackInto(HOME);
        List<String> command = new ArrayList<>(List.of(
                node().toString(),
                "node_modules/bpmnlint/bin/bpmnlint.js",
                "--max-warnings",
                "0",
                "--config",
                Path.of(".bpmnlintrc").toAbsolutePath().toString()));
        findings.keySet().forEach(diagram -> command.add(diagram.toString()));
        var starting = new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true);
        starting.environment().put("NO_COLOR", "1");
        Process running = starting.start();
        running.getOutputStream().close();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = running.waitFor();

        Map<String, List<String>> byName = new HashMap<>();
        findings.forEach((diagram, found) -> byName.put(diagram.toString(), found));
        List<String> ofDiagram = null;
        for (String line : said.lines().toList()) {
            if (byName.containsKey(line.strip())) {
                ofDiagram = byName.get(line.strip());
            } else if (line.startsWith("  ") && ofDiagram != null) {
                ofDiagram.add(line.strip().replaceAll("\\s{2,}", " · "));
            }
        }
        if (exit != 0 && findings.values().stream().allMatch(List::isEmpty)) {
            throw new IOException("bpmnlint did not run (exit code %d):%n%s".formatted(exit, said));
        }
        return findings;
    }

    private static Path node() {
        Path folder = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir();
        Path onWindows = folder.resolve("node.exe");
        return Files.exists(onWindows) ? onWindows : folder.resolve("node");
    }
}
