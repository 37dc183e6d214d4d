package io.penstock.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that keeps every byte it is sent, one request a connection, and counts who came at all. */
final class Recorder implements AutoCloseable {

    private final ServerSocket listener;
    private final Function<String, byte[]> answers;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /** On {@code address}; {@code answers} turns the text of a request, head and body, into the bytes of an answer. */
    Recorder(String address, Function<String, byte[]> answers) {
        this.answers = answers;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getByName(address));
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        }
        Thread thread = new Thread(this::accept, "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                accepted.incrementAndGet();
                socket.setSoTimeout(5000);
                serve(socket);
            } catch (IOException hungUp) {
                // whoever came has left: what was said so far has been kept
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            while (!bytes.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                bytes.write(next(in));
            }
            bytes.writeBytes(in.readNBytes(length(bytes.toString(StandardCharsets.ISO_8859_1))));
        } finally {
            heard.add(bytes.toString(StandardCharsets.ISO_8859_1));
        }
        socket.getOutputStream().write(answers.apply(bytes.toString(StandardCharsets.ISO_8859_1)));
    }

    private static int next(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new IOException("the client has closed");
        }
        return value;
    }

    private static int length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
        return at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 17, head.indexOf('\r', at + 2)).trim());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Everything that was said to it, one text a request. */
    List<String> heard() {
        return heard;
    }

    int accepted() {
        return accepted.get();
    }

    void forget() {
        heard.clear();
        accepted.set(0);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
