package org.sterna.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.sterna.duties.CatalogueFaults;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/**
 * Deploys each duty as a whole, and the shared diagrams together: diagram, catalogue entry and forms under stable
 * names. A folder that did not change is not deployed again, so neither a restart nor a second node makes a version.
 */
@Component
class DutyDeployment implements SmartInitializingSingleton {

    private static final String COMMON = "common";

    private final RepositoryService repository;
    private final Duties duties;
    private final DiagramRules rules;
    private final Decisions decisions;
    private final CatalogueFaults faults;
    private final PathMatchingResourcePatternResolver resources;

    DutyDeployment(
            RepositoryService repository,
            Duties duties,
            DiagramRules rules,
            Decisions decisions,
            CatalogueFaults faults,
            ResourceLoader resources) {
        this.repository = repository;
        this.duties = duties;
        this.rules = rules;
        this.decisions = decisions;
        this.faults = faults;
        this.resources = new PathMatchingResourcePatternResolver(resources);
    }

    /** Once everybody has read its part of the catalogue, so that a start that stops says everything that is wrong. */
    @Override
    public void afterSingletonsInstantiated() {
        Map<String, Map<String, byte[]>> folders = new LinkedHashMap<>();
        folders.put(COMMON, files("processes/common/*.bpmn"));
        for (Duty duty : duties.all()) {
            folders.put(
                    duty.key(),
                    files(
                            "processes/" + duty.key() + "/*.bpmn",
                            "processes/" + duty.key() + "/*.dmn",
                            "processes/" + duty.key() + "/duty.yaml",
                            "forms/" + duty.key() + "/*.form"));
        }
        Map<String, Set<String>> shared = new TreeMap<>();
        folders.get(COMMON).values().forEach(diagram -> shared.putAll(DiagramRules.processes(diagram)));
        folders.forEach((name, files) -> check(files, shared, name.equals(COMMON)));
        faults.stop();
        folders.forEach(this::deploy);
    }

    private void check(Map<String, byte[]> files, Map<String, Set<String>> shared, boolean common) {
        Map<String, Map<String, Set<String>>> tables = new TreeMap<>();
        files.forEach((file, content) -> {
            if (file.endsWith(".dmn")) {
                faults.add(decisions.add(file, content));
                tables.put(
                        file.substring(file.lastIndexOf('/') + 1, file.length() - ".dmn".length()),
                        Decisions.outputs(content));
            }
        });
        files.forEach((file, content) -> {
            if (file.endsWith(".bpmn")) {
                faults.add(rules.check(file, content, new DiagramRules.Beside(tables, shared, common)));
            }
        });
    }

    /** What lies there, by name. */
    private Map<String, byte[]> files(String... patterns) {
        Map<String, byte[]> found = new TreeMap<>();
        try {
            for (String pattern : patterns) {
                String folder = pattern.substring(0, pattern.lastIndexOf('/') + 1);
                for (Resource resource : resources.getResources("classpath*:" + pattern)) {
                    if (!found.containsKey(folder + resource.getFilename())) {
                        found.put(folder + resource.getFilename(), resource.getContentAsByteArray());
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private void deploy(String name, Map<String, byte[]> files) {
        if (files.isEmpty()) {
            return;
        }
        DeploymentBuilder deployment =
                repository.createDeployment().name(name).source("sterna").enableDuplicateFiltering(false);
        files.forEach((file, content) -> deployment.addInputStream(file, new ByteArrayInputStream(content)));
        deployment.deploy();
    }
}
