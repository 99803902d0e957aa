package dev.muster.http.call;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** What came back, whatever its status. */
public record Reply(int status, HttpHeaders headers, byte[] body) {

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** It may be secret. */
    @Override
    public String toString() {
        return "Reply " + status + ", " + body.length + " bytes";
    }
}
