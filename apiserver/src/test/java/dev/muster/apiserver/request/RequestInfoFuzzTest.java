package dev.muster.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Query;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every request line, whatever is in it. */
class RequestInfoFuzzTest {

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "api",
            "apis",
            "v1",
            "namespaces",
            "watch",
            "proxy",
            "pods",
            "status",
            "finalize",
            "x",
            "..",
            ".",
            "%2F",
            "%2f",
            "%25",
            "%2e",
            "%41",
            "%00",
            "%",
            "%zz",
            "é",
            " ",
            "%C3%A9",
            "%ff",
            "+",
            ";",
            "=",
            "&",
            "\\",
            "*");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "");
    private static final List<String> QUERIES = List.of(
            "",
            "watch=1",
            "watch=0",
            "fieldSelector=metadata.name%3Da",
            "fieldSelector=metadata.name%3D%2e%2e&limit=1",
            "labelSelector=%00",
            "limit=%zz",
            "fieldSelector=%5C",
            "watch&watch=false",
            ";",
            "=",
            "&&");

    @Test
    void aRequestIsReadOnceAndTheReadingSaysAllOfThePath() {
        var random = new Random(42);
        int read = 0;
        for (int round = 0; round < 60_000; round++) {
            var path = new StringBuilder("/");
            for (int i = random.nextInt(12); i > 0; i--) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
                path.append(random.nextInt(3) > 0 ? "/" : "");
            }
            String method = METHODS.get(random.nextInt(METHODS.size()));
            var query = Query.parse(QUERIES.get(random.nextInt(QUERIES.size())));
            try {
                check(path.toString(), RequestInfoParser.parse(method, path.toString(), query));
                read++;
            } catch (StatusException e) {
                assertThat(e.status().code()).isEqualTo(400);
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static void check(String raw, RequestInfo info) {
        assertThat(slashes(info.path())).as(raw).isEqualTo(slashes(raw));
        assertThat(info.path()).doesNotContain("\u0000");
        if (isUri(raw)) {
            assertThat(info.path())
                    .as(raw)
                    .isEqualTo(URI.create("http://h" + raw).getPath());
        }
        if (!info.resourceRequest()) {
            assertThat(info.parts()).isEmpty();
            assertThat(info.namespace() + info.resource() + info.name()).isEmpty();
            return;
        }
        // Nothing of the path is lost between the prefix and the parts.
        assertThat(strip(info.path())).as(raw).endsWith(String.join("/", info.parts()));
        assertThat(info.resource()).isEqualTo(info.parts().getFirst());
        if (info.parts().size() > 1) {
            assertThat(List.of(info.parts().get(1), "a")).contains(info.name());
        }
        assertThat(info.subresource())
                .isIn("", info.parts().size() > 2 ? info.parts().get(2) : "");
        assertThat(info.verb())
                .isIn("", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy");
    }

    /** A second opinion on percent-decoding, for what java.net.URI accepts. */
    private static boolean isUri(String raw) {
        return raw.matches("(/[A-Za-z0-9._~+;=&*-]|%25|%2e|%41|[A-Za-z0-9._+;=&*-])*/?") && !raw.startsWith("//");
    }

    private static long slashes(String text) {
        return text.chars().filter(c -> c == '/').count();
    }

    private static String strip(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
