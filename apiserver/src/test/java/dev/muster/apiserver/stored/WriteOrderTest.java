package dev.muster.apiserver.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.testing.Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which refusal comes first, and what a guard is shown. */
class WriteOrderTest {

    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

    private final List<WriteGuard.Attempt> asked = new ArrayList<>();
    private boolean refusing;

    private final Api api = new Api(attempt -> {
        asked.add(attempt);
        if (refusing) {
            throw new StatusException(
                    ForbiddenStatuses.forbidden(attempt.type(), attempt.urlName(), "not yours to give"));
        }
    });

    @AfterEach
    void close() {
        api.close();
    }

    private static String role(String name, String rules) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"rules\":" + rules + "}";
    }

    @Test
    void aForbiddenGrantIs403EvenIfTheObjectIsInvalidToo() {
        refusing = true;
        var refused = api.post(ROLES, role("a", "[{\"verbs\":[]}]"));
        assertThat(refused.code()).isEqualTo(403);
        refusing = false;
        assertThat(api.post(ROLES, role("a", "[{\"verbs\":[]}]")).code()).isEqualTo(422);
    }

    @Test
    void aForbiddenGrantIs403EvenIfTheVersionIsOld() {
        var made = api.post(ROLES, role("a", "[]"));
        api.patch(ROLES + "/a", "merge", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
        refusing = true;
        assertThat(api.put(ROLES + "/a", made.exchange().text()).code()).isEqualTo(403);
        refusing = false;
        assertThat(api.put(ROLES + "/a", made.exchange().text()).code()).isEqualTo(409);
    }

    @Test
    void aBodyThatIsNoObjectIs400BeforeAnybodyIsAsked() {
        refusing = true;
        assertThat(api.post(ROLES + "?fieldValidation=Strict", "{\"bogus\":1}").code())
                .isEqualTo(400);
        assertThat(asked).isEmpty();
    }

    @Test
    void aMissingNamespaceIs404BeforeAnybodyIsAsked() {
        refusing = true;
        assertThat(api.post(ROLES.replace("default", "nowhere"), role("a", "[]"))
                        .code())
                .isEqualTo(404);
        assertThat(asked).isEmpty();
    }

    @Test
    void aGuardSeesWhatWouldBeStoredAndWhatIs() {
        api.post(ROLES, role("a", "[]"));
        var create = asked.getLast();
        assertThat(create.verb()).isEqualTo("create");
        assertThat(create.user().name()).isEqualTo("jane");
        assertThat(create.namespace()).isEqualTo("default");
        assertThat(create.urlName()).isEmpty();
        assertThat(create.proposed().name()).isEqualTo("a");
        assertThat(create.old()).isEmpty();
        api.patch(ROLES + "/a", "merge", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
        var patch = asked.getLast();
        assertThat(patch.verb()).isEqualTo("patch");
        assertThat(patch.urlName()).isEqualTo("a");
        assertThat(patch.proposed().labels()).containsEntry("x", "y");
        assertThat(patch.old().orElseThrow().labels()).isEmpty();
        api.put(ROLES + "/a", role("a", "[]"));
        assertThat(asked.getLast().verb()).isEqualTo("update");
    }

    @Test
    void theProgramsOwnPartsAreNotAskedButHeldToTheRules() {
        refusing = true;
        var roles =
                Api.KINDS.byResource("rbac.authorization.k8s.io", "v1", "roles").orElseThrow();
        refusing = false;
        api.post(ROLES, role("a", "[]"));
        refusing = true;
        int before = asked.size();
        var access = api.resources.access();
        var updated = access.update(roles, "", access.get(roles, "default", "a").orElseThrow());
        assertThat(updated.name()).isEqualTo("a");
        assertThat(asked).hasSize(before);
        access.delete(roles, "default", "a", java.util.Optional.empty());
        assertThat(access.get(roles, "default", "a")).isEmpty();
    }
}
