package io.penstock.sinks.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the server and loses the answer to a COMMIT: it is made, but nobody hears of it. */
final class LosingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int server;
    private final AtomicInteger lose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    LosingProxy(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "losing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Loses the answer number {@code number} from now on. */
    void lose(int number) {
        lose.set(number);
    }

    /** How many answers it has lost. */
    int lost() {
        return lost.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                thread(() -> pass(client, target, false));
                thread(() -> pass(target, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[64 << 10];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                boolean commit = answers
                        && new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains("COMMIT\0")
                        && lose.get() > 0;
                if (commit && lose.decrementAndGet() == 0) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException broken) {
            // One side is gone, and the other goes with it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
