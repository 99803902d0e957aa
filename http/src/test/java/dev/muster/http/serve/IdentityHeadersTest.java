package dev.muster.http.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdentityHeadersTest {

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

        new IdentityHeaders(List.of(), List.of()).strip(headers, Set.copyOf(headers.names()));

        assertThat(headers.names()).containsExactlyInAnyOrder("accept", "x-remote-username", "cookie");
    }

    @Test
    void configuredHeadersGoTooInWhateverCaseTheyWereConfigured() {
        var headers = new MapHeaders();
        for (String name : List.of("x-my-user", "x-my-extra-a", "x-my", "x-remote-user")) {
            headers.lines.put(name, List.of("value"));
        }

        new IdentityHeaders(List.of("X-My-User"), List.of("X-My-Extra-")).strip(headers, Set.copyOf(headers.names()));

        assertThat(headers.names()).containsExactly("x-my");
    }

    @Test
    void cve202564484UnderscoresAreFoldedBySomebodyBehindSoTheyGoAsWell() {
        var headers = new MapHeaders();
        for (String name : List.of(
                "x_remote_user", "x-remote_group", "x_remote_extra_scopes", "x_my-user", "x_my_user_name", "a_b")) {
            headers.lines.put(name, List.of("value"));
        }

        new IdentityHeaders(List.of("X_My_User"), List.of()).strip(headers, Set.copyOf(headers.names()));

        assertThat(headers.names()).containsExactlyInAnyOrder("x_my_user_name", "a_b");
    }

    @Test
    void subprotocolsGoOnlyWhereTheyCarryAToken() {
        var headers = new MapHeaders();
        headers.lines.put("sec-websocket-protocol", List.of("v5.channel.k8s.io"));
        new IdentityHeaders(List.of(), List.of()).strip(headers, Set.copyOf(headers.names()));
        assertThat(headers.names()).isNotEmpty();
        headers.lines.put(
                "sec-websocket-protocol", List.of("base64url.bearer.authorization.k8s.io.eA, v5.channel.k8s.io"));
        new IdentityHeaders(List.of(), List.of()).strip(headers, Set.copyOf(headers.names()));
        assertThat(headers.names()).isEmpty();
    }
}
