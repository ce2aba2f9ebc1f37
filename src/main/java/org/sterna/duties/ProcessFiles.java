package org.sterna.duties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;

/** What lies in {@code processes/<folder>/} on the class path. */
final class ProcessFiles {

    /** The folder of diagrams and words that duties share; it has no {@code duty.yaml}. */
    static final String COMMON = "common";

    private final SortedMap<String, SortedMap<String, Resource>> folders = new TreeMap<>();

    /**
     * Looks the files up.
     *
     * @throws InvalidCatalogue if a file is there twice
     */
    ProcessFiles(ResourceLoader resources) {
        List<String> faults = new ArrayList<>();
        try {
            for (Resource file : ResourcePatternUtils.getResourcePatternResolver(resources)
                    .getResources("classpath*:processes/*/*.*")) {
                String[] path = URLDecoder.decode(file.getURL().toString(), StandardCharsets.UTF_8)
                        .split("/");
                String name = path[path.length - 1];
                String folder = path[path.length - 2];
                if (folders.computeIfAbsent(folder, key -> new TreeMap<>()).put(name, file) != null) {
                    faults.add(at(folder, name) + ": the class path has this file twice");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (!faults.isEmpty()) {
            throw new InvalidCatalogue(faults);
        }
    }

    /** All folders, {@value #COMMON} included, in alphabetical order. */
    Set<String> folders() {
        return folders.keySet();
    }

    /** The files of a folder by name, in alphabetical order; empty if there is no such folder. */
    Map<String, Resource> in(String folder) {
        return folders.getOrDefault(folder, new TreeMap<>());
    }

    /** A file, if it is there. */
    @Nullable
    Resource find(String folder, String name) {
        return in(folder).get(name);
    }

    /** How a file is named in messages. */
    static String at(String folder, String name) {
        return "processes/" + folder + "/" + name;
    }
}
