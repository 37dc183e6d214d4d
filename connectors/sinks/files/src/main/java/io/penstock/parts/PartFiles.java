package io.penstock.parts;

import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileTail;
import io.penstock.parts.directory.StateFile;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Where parts lie: staged, where nobody looks, or in the folder of their stream. Blocks. */
record PartFiles(Path root, String ending, Disk disk) {

    private static final String FOLDER = "staged";

    /** The folder of parts that are not to be seen yet. */
    Path staged() {
        return root.resolve(StateFile.FOLDER).resolve(FOLDER);
    }

    /** The name of part {@code number} of a run. */
    String name(long epoch, long number) {
        return String.format("part-%06d-%06d%s", epoch, number, ending);
    }

    Path staged(Part part) {
        return staged().resolve(part.name());
    }

    Path visible(StreamParts stream, String path) {
        return root.resolve(stream.folder()).resolve(path);
    }

    /** Makes the staged part durable, and tells what it is. */
    Part finish(Path file, String path, long rows) throws IOException {
        PrivateFiles.keep(file);
        try (FileChannel open = disk.open(file)) {
            disk.sync(file, open);
            return new Part(path, open.size(), rows, FileTail.of(open, open.size()));
        }
    }

    /** Moves those of {@code parts} that are staged into the folder of their stream. */
    void place(StreamParts stream, List<Part> parts) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (Part part : parts) {
            Path from = staged(part);
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                Path to = visible(stream, part.path());
                folder(Objects.requireNonNull(to.getParent()));
                disk.rename(from, to);
                folders.add(to.getParent());
            }
        }
        for (Path folder : folders) {
            disk.syncEntries(folder);
        }
    }

    private void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder(Objects.requireNonNull(folder.getParent()));
            PrivateFiles.directory(folder);
            disk.syncEntries(Objects.requireNonNull(folder.getParent()));
        }
    }

    /** Deletes parts that count no more. */
    void remove(StreamParts stream, List<String> paths) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String path : paths) {
            Path file = visible(stream, path);
            if (Files.deleteIfExists(file)) {
                folders.add(Objects.requireNonNull(file.getParent()));
            }
        }
        for (Path folder : folders) {
            disk.syncEntries(folder);
        }
    }

    /** Deletes parts, by our names for them, that the manifest does not name. */
    void sweep(StreamParts stream) throws IOException {
        Set<Path> known = new LinkedHashSet<>();
        stream.current().parts().forEach(part -> known.add(visible(stream, part.path())));
        Pattern ours = Pattern.compile("part-\\d{6,}-\\d{6,}" + Pattern.quote(ending));
        Path folder = root.resolve(stream.folder());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = String.valueOf(file.getFileName());
                if (attributes.isRegularFile() && ours.matcher(name).matches() && !known.contains(file)) {
                    Files.delete(file);
                    disk.syncEntries(Objects.requireNonNull(file.getParent()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What is wrong with the file of {@code part}, whose bytes are to be as they were; empty if nothing is. */
    String fault(Path file, Part part) throws IOException {
        PrivateFiles.requirePlain(file);
        try (FileChannel open = PrivateFiles.open(file)) {
            if (open.size() != part.bytes()) {
                return open.size() + " bytes";
            }
            return FileTail.of(open, part.bytes()) == part.tail() ? "" : "other bytes";
        } catch (NoSuchFileException gone) {
            return "no file";
        }
    }
}
