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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that fails as the recipient's name says up to the first hyphen: {@code gone} 550, {@code busy} 451,
 * {@code nodata} 451 before the content, {@code spam} 554 after it, {@code full} 452 after it, {@code quota} 552 for a
 * full mailbox, {@code overfull} the same with 550, {@code blocked} 550 for our own address, {@code room} 550 with
 * numbers only, {@code grey} 451 the first time, {@code cut} breaks the connection after the content, {@code drop}
 * before it, {@code bye} after having taken it, {@code closing} 421, {@code hang} says nothing any more. Everybody else
 * gets their mail.
 */
final class FaultyMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /** What the server does to everybody. */
    enum Mode {
        WELL,
        /** Accepts connections and says nothing. */
        SILENT,
        /** Has no time for anybody. */
        BUSY,
        /** Closes every connection without a word. */
        SHORT,
        /** Takes no sender. */
        NO_SENDER,
        /** Knows no user name and no password. */
        NO_LOGIN,
        /** Lets nobody in without a login. */
        LOGIN_FIRST,
        /** Puts everybody off. */
        DEFERS,
        /** Refuses everybody. */
        REFUSES,
        /** Breaks off after the sender. */
        BREAKS_OFF,
        /** Takes its time with every mail. */
        SLOW,
        /** Offers encryption and fails at it. */
        BROKEN_TLS
    }

    volatile Mode mode = Mode.WELL;

    /** Called when a connection hangs or is slow. */
    volatile Runnable onHang = () -> {};

    /** Connections made. */
    final AtomicInteger connections = new AtomicInteger();

    /** Connections open now. */
    final AtomicInteger open = new AtomicInteger();

    /** Senders named in envelopes, in order. */
    final List<String> senders = new CopyOnWriteArrayList<>();

    private final Set<String> greylisted = ConcurrentHashMap.newKeySet();

    /** Addresses whose mail was taken, in order. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    /** Addresses that content was sent for, in order. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    FaultyMailServer() throws IOException {
        this(0);
    }

    FaultyMailServer(int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
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
                connections.incrementAndGet();
                open.incrementAndGet();
                start(() -> {
                    try (client) {
                        talk(client);
                    } catch (IOException hungUp) {
                        // as clients do
                    } finally {
                        open.decrementAndGet();
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
        if (mode == Mode.SILENT) {
            hang(in);
            return;
        }
        if (mode == Mode.BUSY) {
            say(out, "421 no time");
            return;
        }
        if (mode == Mode.SHORT) {
            return;
        }
        say(out, "220 ready");
        String line;
        while ((line = in.readLine()) != null) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("EHLO") && mode == Mode.BROKEN_TLS) {
                say(out, "250-here");
                say(out, "250 STARTTLS");
            } else if (command.startsWith("EHLO") && mode == Mode.NO_LOGIN) {
                say(out, "250-here");
                say(out, "250 AUTH PLAIN");
            } else if (command.startsWith("AUTH")) {
                say(out, "535 5.7.8 bad password");
            } else if (command.startsWith("MAIL") && mode == Mode.LOGIN_FIRST) {
                say(out, "530 5.7.0 log in first");
            } else if (command.startsWith("RCPT") && mode == Mode.DEFERS) {
                say(out, "451 4.3.0 try again later");
            } else if (command.startsWith("RCPT") && mode == Mode.REFUSES) {
                say(out, "554 5.7.1 relay access denied");
            } else if (command.startsWith("RCPT") && mode == Mode.BREAKS_OFF) {
                return;
            } else if (command.startsWith("STARTTLS")) {
                say(out, "220 go on");
                say(out, "this is no handshake");
                return;
            } else if (command.startsWith("MAIL") && mode == Mode.NO_SENDER) {
                say(out, "451 not now");
            } else if (command.startsWith("MAIL")) {
                senders.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
                say(out, "250 ok");
            } else if (command.startsWith("RCPT")) {
                address = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                String name = address.substring(0, address.indexOf('@')).replaceFirst("-.*", "");
                fault = faults.getOrDefault(name, name);
                switch (fault) {
                    case "gone" -> say(out, "550 <gone@example.org>: no such user");
                    case "busy" -> say(out, "451 try again later");
                    case "overfull" -> say(out, "550 quota exceeded");
                    case "blocked" -> say(out, "550 5.39.101.7 is on a block list, see 5.1.1");
                    case "room" -> say(out, "550 write to room 5.1.1 instead");
                    case "quota" -> say(out, "552 5.2.2 mailbox full");
                    case "grey" -> say(out, greylisted.add(address) ? "451 4.7.1 greylisted" : "250 ok");
                    case "hang" -> {
                        onHang.run();
                        hang(in);
                        return;
                    }
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
                if (fault.equals("nodata")) {
                    say(out, "451 not now");
                    continue;
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
                        if (mode == Mode.SLOW) {
                            onHang.run();
                        }
                        taken.add(address);
                        say(out, "250 2.0.0 queued as " + taken.size());
                        if (fault.equals("bye")) {
                            return;
                        }
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

    /** Until the client has had enough. */
    private static void hang(BufferedReader in) throws IOException {
        while (in.readLine() != null) {
            // no answer
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
