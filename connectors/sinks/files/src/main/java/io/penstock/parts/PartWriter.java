package io.penstock.parts;

import io.penstock.error.PenstockException;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what stages have gathered as staged parts, each by partition and not larger than told. Confined to the writer thread. */
final class PartWriter {

    private final PartFormat format;
    private final PartFiles files;
    private final LineSorter sorter;
    private long last;

    PartWriter(PartFormat format, PartFiles files, LineSorter sorter) {
        this.format = format;
        this.files = files;
        this.sorter = sorter;
    }

    /** The generation {@code before} with what {@code places} of one stream hold. */
    PartsGeneration write(List<PartPlace> places, PartsGeneration before, long epoch) throws IOException {
        List<Path> lines = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (PartPlace place : places) {
            if (place.spool().records() > 0) {
                place.spool().flush();
                lines.add(place.spool().path());
                rows += place.spool().records();
                bytes += place.spool().bytes();
            }
        }
        List<PartFormat.Scan> seen = places.stream().map(PartPlace::scan).toList();
        String memory = format.grown(places.get(0).stream(), before.memory(), seen);
        PartFormat.Job job =
                new PartFormat.Job(places.get(0).stream(), lines, rows, files.staged(), memory, seen, files.disk());
        List<LineSorter.Pile> piles = sorter.sort(lines, rows, bytes);
        try {
            return write(job, piles, before, epoch);
        } finally {
            for (LineSorter.Pile pile : piles) {
                pile.clear();
            }
        }
    }

    private PartsGeneration write(PartFormat.Job all, List<LineSorter.Pile> piles, PartsGeneration before, long epoch)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        PartFormat.Job job = all;
        try {
            for (LineSorter.Pile pile : piles) {
                String name = files.name(epoch, ++last);
                Path file = files.staged().resolve(name);
                PrivateFiles.requirePlain(file);
                job = job.with(format.write(job.of(pile.lines(), pile.rows(), file)));
                parts.add(files.finish(file, pile.folder() + name, pile.rows()));
            }
            return before.and(parts, job.memory());
        } catch (IOException | PenstockException failure) {
            for (long number = last; number > last - parts.size() - 1 && number > 0; number--) {
                Files.deleteIfExists(files.staged().resolve(files.name(epoch, number)));
            }
            throw failure;
        }
    }
}
