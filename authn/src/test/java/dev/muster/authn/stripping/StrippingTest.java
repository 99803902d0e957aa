package dev.muster.authn.stripping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Headers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StrippingTest {

    private static final class MapHeaders implements Headers {

        private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        @Override
        public List<String> all(String name) {
            return lines.getOrDefault(name, List.of());
        }

        @Override
        public Set<String> names() {
            return lines.keySet();
        }

        @Override
        public void remove(String name) {
            lines.remove(name);
        }
    }

    @Test
    void kubernetesIssue119631FrontProxyHeadersNeverTravelOnWhoeverTheyAreFrom() {
        var headers = new MapHeaders();
        for (String name : List.of(
                "authorization",
                "x-remote-user",
                "x-remote-uid",
                "x-remote-group",
                "x-remote-extra-scopes",
                "x-remote-extra-",
                "accept",
                "x-remote-username",
                "cookie")) {
            headers.lines.put(name, List.of("value"));
        }

        Stripping.standard().strip(headers);

        assertThat(headers.names()).containsExactlyInAnyOrder("accept", "x-remote-username", "cookie");
    }

    @Test
    void configuredHeadersGoTooInWhateverCaseTheyWereConfigured() {
        var stripping = new Stripping(List.of("X-My-User"), List.of("X-My-Extra-"));
        assertThat(stripping.among(Set.of("x-my-user", "x-my-extra-a", "x-my", "x-remote-user")))
                .containsExactlyInAnyOrder("x-my-user", "x-my-extra-a", "x-remote-user");
    }
}
