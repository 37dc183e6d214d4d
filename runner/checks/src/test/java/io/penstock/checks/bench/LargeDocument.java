package io.penstock.checks.bench;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.decode.format.Format;
import io.penstock.http.HttpLimits;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.http.HttpTransport;
import io.penstock.page.Paging;
import io.penstock.retry.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Schedulers;

/**
 * One JSON document of many gigabytes through a small heap: {@code runner/checks/large 10} reads ten of them under
 * {@code -Xmx64m}. The server is a thread that writes the same records again and again, so the heap is the reader's.
 */
public final class LargeDocument {

    private static final int AT_ONCE = 100;
    private static final long GIB = 1L << 30;
    private static final int PARTS = 20;

    private static long peak; // of the heap, looked at with each batch

    private LargeDocument() {}

    /** @param args how many GiB, 10 by default */
    public static void main(String[] args) throws IOException {
        double gib = args.length == 0 ? 10 : Double.parseDouble(args[0]);
        byte[] records = PageServer.records(AT_ONCE);
        long blocks = (long) (gib * GIB / (records.length + 1));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(listener, records, blocks), "large-document");
            server.setDaemon(true);
            server.start();
            read(listener.getLocalPort(), blocks * AT_ONCE, gib);
        }
    }

    private static void read(int port, long expected, double gib) {
        HttpLimits limits = HttpLimits.DEFAULT.with(Limit.WIRE_BYTES, 64 * GIB);
        long start = System.nanoTime();
        long found;
        try (ClientResources resources = ClientResources.of(
                HttpTransport.builder().limits(limits).build(),
                Schedulers.parallel(),
                Clock.systemUTC(),
                RandomGenerator.getDefault())) {
            ApiClient api = resources
                    .client(URI.create("http://127.0.0.1:" + port))
                    .retry(RetryPolicy.builder().maxAttempts(1).build()) // the server serves once
                    .build();
            found = api.get("/document")
                    .pages(Paging.none())
                    .in(Format.json())
                    .batches("/items")
                    .reduce(0L, (sum, batch) -> told(sum, sum + batch.records().size(), expected))
                    .blockOptional()
                    .orElseThrow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (found != expected) {
            throw new IllegalStateException("expected " + expected + " records, found " + found);
        }
        System.out.printf(
                Locale.ROOT,
                "%.1f GiB, %d records, %.1f s, %.0f MiB/s, peak heap %d MiB of %d MiB%n",
                gib,
                found,
                seconds,
                gib * 1024 / seconds,
                peak >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Says every twentieth how far it is. */
    private static long told(long before, long now, long expected) {
        peak = Math.max(
                peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        if (before * PARTS / expected != now * PARTS / expected) {
            System.err.println(now * 100 / expected + " %");
        }
        return now;
    }

    private static void serve(ServerSocket listener, byte[] records, long blocks) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            while (socket.getInputStream().read() != '\r'
                    || socket.getInputStream().read() != '\n'
                    || socket.getInputStream().read() != '\r') {
                // the request's header section ends with an empty line
            }
            socket.getInputStream().read(); // its last byte: closing before it is read would reset the connection
            byte[] head = "{\"items\":[".getBytes(StandardCharsets.UTF_8);
            byte[] end = "]}".getBytes(StandardCharsets.UTF_8);
            long length = head.length + blocks * (records.length + 1L) - 1 + end.length;
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(head);
            for (long i = 0; i < blocks; i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(records);
            }
            out.write(end);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
