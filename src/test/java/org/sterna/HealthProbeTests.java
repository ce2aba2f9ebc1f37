package org.sterna;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTests {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/well", 200);
        answer("/ill", 503);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void believesAnApplicationThatSaysItIsWell() {
        assertThat(HealthProbe.well(address("/well"))).isTrue();
    }

    @Test
    void noticesAnApplicationThatIsIll() {
        assertThat(HealthProbe.well(address("/ill"))).isFalse();
    }

    @Test
    void noticesAnApplicationThatDoesNotAnswer() {
        URI gone = address("/well");
        server.stop(0);
        assertThat(HealthProbe.well(gone)).isFalse();
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
