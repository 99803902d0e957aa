package dev.muster.testkit.issuer;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Answers in the place of what should be answered; empty = goes on with that. */
@FunctionalInterface
public interface Fault {

    Optional<String> answer(HttpExchange exchange, String document) throws IOException, InterruptedException;

    /** Nothing wrong. */
    static Fault none() {
        return (_, document) -> Optional.of(document);
    }

    /** Another text, with status 200. */
    static Fault text(String text) {
        return (_, _) -> Optional.of(text);
    }

    /** This status. */
    static Fault status(int status) {
        return (exchange, _) -> {
            exchange.sendResponseHeaders(status, -1);
            return Optional.empty();
        };
    }

    /** A redirect to there. */
    static Fault redirect(String to) {
        return (exchange, _) -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            return Optional.empty();
        };
    }

    /** The document, after a while. */
    static Fault slow(Duration pause) {
        return (_, document) -> {
            Thread.sleep(pause);
            return Optional.of(document);
        };
    }

    /** So many bytes of spaces before it, without a word of how many are to come. */
    static Fault huge(int bytes) {
        return (exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[64 << 10];
            Arrays.fill(spaces, (byte) ' ');
            try (var out = exchange.getResponseBody()) {
                for (int sent = 0; sent < bytes; sent += spaces.length) {
                    out.write(spaces);
                }
            }
            return Optional.empty();
        };
    }

    /** One byte after each pause, for ever. */
    static Fault dripping(Duration pause) {
        return (exchange, document) -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (byte one : document.getBytes(StandardCharsets.UTF_8)) {
                    out.write(one);
                    out.flush();
                    Thread.sleep(pause);
                }
            }
            return Optional.empty();
        };
    }
}
