package org.sterna.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/**
 * Deploys each duty as a whole, and the shared diagrams together: diagram, catalogue entry and forms under stable
 * names. A folder that did not change is not deployed again, so neither a restart nor a second node makes a version.
 */
@Component
class DutyDeployment implements InitializingBean {

    private final RepositoryService repository;
    private final Duties duties;
    private final DiagramRules rules;
    private final Decisions decisions;
    private final PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

    DutyDeployment(RepositoryService repository, Duties duties, DiagramRules rules, Decisions decisions) {
        this.repository = repository;
        this.duties = duties;
        this.rules = rules;
        this.decisions = decisions;
    }

    @Override
    public void afterPropertiesSet() throws IOException {
        deploy("common", "classpath*:processes/common/*.bpmn");
        for (Duty duty : duties.all()) {
            deploy(
                    duty.key(),
                    "classpath*:processes/" + duty.key() + "/*.bpmn",
                    "classpath*:processes/" + duty.key() + "/*.dmn",
                    "classpath*:processes/" + duty.key() + "/duty.yaml",
                    "classpath*:forms/" + duty.key() + "/*.form");
        }
    }

    private void deploy(String name, String... patterns) throws IOException {
        Map<String, Resource> found = new TreeMap<>(Comparator.naturalOrder());
        for (String pattern : patterns) {
            String folder = pattern.substring("classpath*:".length(), pattern.lastIndexOf('/') + 1);
            for (Resource resource : resources.getResources(pattern)) {
                found.putIfAbsent(folder + resource.getFilename(), resource);
            }
        }
        DeploymentBuilder deployment =
                repository.createDeployment().name(name).source("sterna").enableDuplicateFiltering(false);
        for (Map.Entry<String, Resource> entry : found.entrySet()) {
            byte[] content;
            try (InputStream in = entry.getValue().getInputStream()) {
                content = in.readAllBytes();
            }
            if (entry.getKey().endsWith(".bpmn")) {
                rules.check(entry.getKey(), content, decisions(found.keySet()));
            } else if (entry.getKey().endsWith(".dmn")) {
                decisions.add(entry.getKey(), content);
            }
            deployment.addInputStream(entry.getKey(), new java.io.ByteArrayInputStream(content));
        }
        if (!found.isEmpty()) {
            deployment.deploy();
        }
    }

    /** Ids of the decisions among the files, which are their names. */
    private static Set<String> decisions(Set<String> files) {
        return files.stream()
                .filter(file -> file.endsWith(".dmn"))
                .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".dmn".length()))
                .collect(Collectors.toSet());
    }
}
