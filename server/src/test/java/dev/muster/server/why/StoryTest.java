package dev.muster.server.why;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads. */
class StoryTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static List<String> story(String json) {
        return Story.of(tree(json), NOW);
    }

    @Test
    void aForbiddenRequestIsToldWithTheBindingsThatDidNotHelp() {
        assertThat(story("""
                {"metadata":{"name":"abc"},"code":403,"times":3,"why":"no",
                 "firstTime":"2026-01-02T03:00:00Z","lastTime":"2026-01-02T03:04:00Z",
                 "user":{"username":"jane","groups":["a","b"]},
                 "request":{"verb":"list","what":"pods","namespace":"dev","path":"/api/v1/namespaces/dev/pods"},
                 "bindings":[{"kind":"RoleBinding","namespace":"dev","name":"r","role":"Role/x","subject":"Group/a"},
                             {"kind":"ClusterRoleBinding","name":"everybody","role":"ClusterRole/y","subject":"Group/b"}]}"""))
                .containsExactly(
                        "Refusal:   abc, 403 Forbidden",
                        "When:      2026-01-02T03:04:00Z (5 seconds ago), 3 times since 2026-01-02T03:00:00Z",
                        "User:      jane",
                        "Groups:    a, b",
                        "Verb:      list",
                        "Resource:  pods",
                        "Namespace: dev",
                        "Path:      /api/v1/namespaces/dev/pods",
                        "Why:       no",
                        "Nothing that these bindings grant in that scope allows it:",
                        "  RoleBinding/r in dev           grants Role/x          to Group/a",
                        "  ClusterRoleBinding/everybody   grants ClusterRole/y   to Group/b");
    }

    @Test
    void aCallerWithoutBindingsIsSaidToHaveNone() {
        assertThat(story("{\"code\":403,\"user\":{\"username\":\"jane\"}}"))
                .endsWith("No binding names the user or these groups in that scope.");
    }

    @Test
    void anUnknownCallerIsToldByWhatEachAuthenticatorSaid() {
        assertThat(story("""
                {"metadata":{"name":"abc"},"code":401,"why":"EXPIRED: too old",
                 "authenticators":[{"authenticator":"client certificate","answer":"NotMine","detail":"none"},
                                   {"authenticator":"oidc","answer":"Refused","detail":"EXPIRED: too old"},
                                   {"authenticator":"webhook","answer":"Unavailable","detail":"no route"}]}"""))
                .contains("User:      not known")
                .endsWith(
                        "Asked, in this order, whose credential it is:",
                        "  client certificate   not its own     none",
                        "  oidc                 refused         EXPIRED: too old",
                        "  webhook              could not say   no route");
    }

    @Test
    void nothingInAStoryReachesTheTerminalAsAControl() {
        var lines = story("{\"code\":403,\"user\":{\"username\":\"a\\u001b[31m\\u202eb\\nc\"},"
                + "\"bindings\":[{\"kind\":\"K\",\"name\":\"\\u001b]0;x\\u0007\"}]}");
        assertThat(lines).anySatisfy(line -> assertThat(line).isEqualTo("User:      a?[31m?b?c"));
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.chars()).noneMatch(c -> c < ' ' || c == 0x7f || c == 0x202e));
    }

    @Test
    void whatIsMissingOrOddIsNoFault() {
        for (String odd : List.of("{}", "{\"code\":\"x\",\"times\":{}}", "{\"lastTime\":\"soon\",\"bindings\":7}")) {
            assertThat(story(odd)).as(odd).isNotEmpty();
            assertThat(Latest.of(tree("[" + odd + "]"), NOW)).as(odd).hasSize(2);
        }
    }

    @Test
    void theLatestAreALineEach() {
        assertThat(Latest.of(tree("""
                                [{"metadata":{"name":"abc"},"code":401,"request":{"verb":"get","what":"/x"},
                                  "lastTime":"2026-01-02T01:04:05Z"}]"""), NOW))
                .containsExactly(
                        "ID    CODE   USER   VERB   WHAT   NAMESPACE   LAST",
                        "abc   401    -      get    /x     -           2026-01-02T01:04:05Z (2 hours ago)");
    }
}
