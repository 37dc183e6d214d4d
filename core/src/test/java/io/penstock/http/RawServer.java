package io.penstock.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that sends exactly the bytes a test tells it to, on loopback, one thread a connection.
 *
 * <p>A script that returns closes its connection. Nothing here knows HTTP beyond the blank line that ends a request.
 */
public final class RawServer implements AutoCloseable {

    /** What the server does on one connection. */
    public interface Script {
        void serve(Talk talk) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger hangUps = new AtomicInteger();

    private RawServer(Script script) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.script = script;
    }

    /** Starts serving every connection by {@code script}. */
    public static RawServer start(Script script) {
        try {
            RawServer server = new RawServer(script);
            Thread acceptor = new Thread(server::accept, "raw-server");
            acceptor.setDaemon(true);
            acceptor.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Answers each request with the same bytes and keeps the connection, so that it cannot close under the next request. */
    public static RawServer keeping(byte[] bytes) {
        return start(talk -> {
            while (true) {
                talk.request();
                talk.send(bytes);
            }
        });
    }

    /** Answers the first request of each connection with the same bytes, then closes: for one request only. */
    public static RawServer answering(byte[] bytes) {
        return start(talk -> {
            talk.request();
            talk.send(bytes);
        });
    }

    public static RawServer answering(String text) {
        return answering(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "raw-talk");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Talk(socket));
        } catch (IOException hungUp) {
            hangUps.incrementAndGet();
        }
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Heads of all requests so far. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return sockets.size();
    }

    /** How many conversations ended because the client closed or reset. */
    public int hangUps() {
        return hangUps.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One connection. */
    public final class Talk {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
        }

        /** Reads one request head, up to its blank line, and the body its Content-Length announces. */
        public String request() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) next());
            }
            String text = head.toString();
            int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
            if (at >= 0) {
                int length = Integer.parseInt(
                        text.substring(at + 15, text.indexOf('\r', at)).trim());
                in.readNBytes(length);
            }
            requests.add(text);
            return text;
        }

        private int next() throws IOException {
            int value = in.read();
            if (value < 0) {
                throw new IOException("the client has closed");
            }
            return value;
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Ends the connection with a reset instead of an orderly close. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the client has closed. */
        public void awaitHangUp() throws IOException {
            while (true) {
                next();
            }
        }
    }
}
