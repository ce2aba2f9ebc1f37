package org.sterna;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running Sterna whether it is well; for containers that have neither a shell nor curl. */
final class HealthProbe {

    private HealthProbe() {}

    /** Ends with exit code 0 if the application at the address (by default the local one) is well, else with 1. */
    public static void main(String[] arguments) {
        URI address = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080/actuator/health");
        System.exit(well(address) ? 0 : 1);
    }

    static boolean well(URI address) {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(Duration.ofSeconds(4))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException unreachable) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
