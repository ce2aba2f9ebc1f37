package org.sterna.duties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;

/** A class path of its own, with duties and forms that tests write or copy. */
public final class CatalogueFolder {

    private final Path root;

    /** @param root an empty folder */
    public CatalogueFolder(Path root) {
        this.root = root;
    }

    /** The duties and forms of the project, and the made-up duty of the tests. */
    public static CatalogueFolder ofProject(Path root) {
        return new CatalogueFolder(root)
                .copy(Path.of("processes"), "processes")
                .copy(Path.of("forms"), "forms")
                .copy(Path.of("src/test/resources/processes"), "processes")
                .copy(Path.of("src/test/resources/forms"), "forms");
    }

    /** Writes a file. */
    public CatalogueFolder file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Replaces a piece of a file's text, which must be there. */
    public CatalogueFolder edit(String path, String piece, String by) {
        String text = read(path);
        if (!text.contains(piece)) {
            throw new IllegalArgumentException(path + " does not contain " + piece);
        }
        return file(path, text.replace(piece, by));
    }

    /** Deletes a file. */
    public CatalogueFolder without(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    /** Reads a file. */
    public String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Finds files in this folder and nowhere else. */
    public ResourceLoader resources() {
        try {
            return new DefaultResourceLoader(
                    new URLClassLoader(new URL[] {root.toUri().toURL()}, null));
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The words in this folder. */
    public Words words() {
        return new BundledWords(resources());
    }

    /** The duties in this folder. */
    public Duties duties() {
        return new YamlDuties(resources(), words());
    }

    private CatalogueFolder copy(Path from, String to) {
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> plain = files.filter(Files::isRegularFile).toList();
            for (Path file : plain) {
                file(to + "/" + from.relativize(file), Files.readString(file));
            }
            return this;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
