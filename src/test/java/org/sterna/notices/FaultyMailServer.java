package org.sterna.notices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that fails as the recipient's name says: {@code gone} 550, {@code busy} 451, {@code spam} 554 after the
 * content, {@code full} 452 after it, {@code cut} breaks the connection after the content, {@code drop} before it,
 * {@code closing} 421. Everybody else gets their mail.
 */
final class FaultyMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /** Addresses whose mail was taken, in order. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    /** Addresses that content was sent for, in order. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    FaultyMailServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::listen);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Lets mail for that name through from now on. */
    void heal(String name) {
        faults.put(name, "");
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (true) {
                Socket client = socket.accept();
                start(() -> {
                    try (client) {
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
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.US_ASCII);
        String address = "";
        String fault = "";
        say(out, "220 ready");
        String line;
        while ((line = in.readLine()) != null) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("RCPT")) {
                address = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                String name = address.substring(0, address.indexOf('@'));
                fault = faults.getOrDefault(name, name);
                switch (fault) {
                    case "gone" -> say(out, "550 <gone@example.org>: no such user");
                    case "busy" -> say(out, "451 try again later");
                    case "closing" -> {
                        say(out, "421 closing");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            } else if (command.startsWith("DATA")) {
                if (fault.equals("drop")) {
                    return;
                }
                say(out, "354 go on");
                while (!(line = in.readLine()).equals(".")) {
                    // content
                }
                seen.add(address);
                switch (fault) {
                    case "spam" -> say(out, "554 not wanted");
                    case "full" -> say(out, "452 mailbox full");
                    case "cut" -> {
                        return;
                    }
                    default -> {
                        taken.add(address);
                        say(out, "250 2.0.0 queued as " + taken.size());
                    }
                }
            } else if (command.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
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
