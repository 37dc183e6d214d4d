package io.penstock.parts;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.parts.directory.Ledger;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Brings the parts of a directory back to what its manifest says; first judges all of them, then changes the first. */
final class PartsRecovery implements Ledger.Recovery<Manifest> {

    private final PartFiles files;

    PartsRecovery(PartFiles files) {
        this.files = files;
    }

    /**
     * Finishes what was decided, and undoes what was not.
     *
     * @throws SinkRegressed if a part is missing or is another one; nothing was changed then
     * @throws ConfigError if the directory holds parts of another format
     */
    @Override
    public Manifest recover(Optional<Manifest> known) throws IOException {
        Manifest manifest = known.orElseGet(() -> new Manifest(0, files.ending(), Map.of()));
        if (!manifest.ending().equals(files.ending())) {
            throw new ConfigError(files.root() + " holds parts that end in " + manifest.ending() + ", not in "
                    + files.ending() + ": choose another path, or the format and compression as they were");
        }
        for (StreamParts stream : manifest.streams().values()) {
            for (Part part : stream.current().parts()) {
                judge(stream, part);
            }
        }
        Manifest whole = manifest;
        for (StreamParts stream : manifest.streams().values()) {
            files.remove(stream, stream.retired());
            files.place(stream, stream.current().parts());
            files.sweep(stream);
            whole = whole.with(stream.settled());
        }
        PrivateFiles.directory(files.staged());
        PrivateFiles.empty(files.staged());
        return whole.nextEpoch();
    }

    private void judge(StreamParts stream, Part part) throws IOException {
        Path staged = files.staged(part);
        Path file = Files.exists(staged, LinkOption.NOFOLLOW_LINKS) ? staged : files.visible(stream, part.path());
        String found = files.fault(file, part);
        if (!found.isEmpty()) {
            throw new SinkRegressed("expected " + part.bytes() + " committed bytes in " + file + ", found " + found
                    + ": put the file back as it was, or move the whole directory " + files.root()
                    + " away to read everything again");
        }
    }
}
