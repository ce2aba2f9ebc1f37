package org.sterna;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A mail server that takes everything at once and remembers the Message-IDs. */
public final class MailSink implements AutoCloseable {

    /** Message-IDs of what was taken, in order, the same one as often as it came. */
    public final Queue<String> taken = new ConcurrentLinkedQueue<>();

    /** Connections made. */
    public final AtomicInteger connections = new AtomicInteger();

    /** Called with how many were taken, before that is acknowledged. */
    public volatile IntConsumer beforeReply = count -> {};

    /** Called with how many were taken, once that was acknowledged. */
    public volatile IntConsumer afterReply = count -> {};

    private final AtomicInteger count = new AtomicInteger();
    private final ServerSocket socket;

    /** Starts listening on a free port of this machine. */
    public MailSink() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::listen);
    }

    /** Where it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many messages were taken. */
    public int count() {
        return count.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "mail-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (true) {
                Socket client = socket.accept();
                connections.incrementAndGet();
                start(() -> {
                    try (client) {
                        client.setTcpNoDelay(true);
                        talk(client);
                    } catch (IOException hungUp) {
                        // as clients do
                    }
                });
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
        OutputStream out = new BufferedOutputStream(client.getOutputStream());
        say(out, "220 ready");
        String line;
        while ((line = in.readLine()) != null) {
            String command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            switch (command) {
                case "DATA" -> {
                    say(out, "354 go on");
                    String id = "";
                    while ((line = in.readLine()) != null && !line.equals(".")) {
                        if (id.isEmpty() && line.startsWith("Message-ID: ")) {
                            id = line.substring(12);
                        }
                    }
                    if (line == null) {
                        return;
                    }
                    taken.add(id);
                    int so = count.incrementAndGet();
                    beforeReply.accept(so);
                    say(out, "250 2.0.0 taken as " + so);
                    afterReply.accept(so);
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
