package dev.muster.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.admission.Admission.Attempt;
import dev.muster.apiserver.admission.Admission.Operation;
import dev.muster.apiserver.testing.Api;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may approve and sign for which signer. */
class CertificateAdmissionTest {

    private static final ResourceType TYPE = Api.KINDS
            .byResource("certificates.k8s.io", "v1", "certificatesigningrequests")
            .orElseThrow();

    private static Authorizer granting(String verb, String name) {
        return attributes -> {
            var wanted = (ResourceAttributes) attributes;
            assertThat(wanted.apiGroup() + "/" + wanted.resource() + "/" + wanted.subresource())
                    .isEqualTo("certificates.k8s.io/signers/");
            boolean granted = wanted.verb().equals(verb) && wanted.name().equals(name);
            Decision decision = granted ? Decision.allow("") : Decision.NO_OPINION;
            return new Decision.Elsewhere(() -> decision);
        };
    }

    private static ApiObject request(String signer, String status) {
        try {
            return ApiObject.of((ObjectNode) new ObjectMapper()
                    .readTree("{\"metadata\":{\"name\":\"x\"},\"spec\":{\"signerName\":\"" + signer + "\"},\"status\":"
                            + status + "}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attempt update(String subresource, String signerInBody, String status) {
        return new Attempt(
                Operation.UPDATE,
                User.of("jane"),
                TYPE,
                subresource,
                "",
                "x",
                Optional.of(request(signerInBody, status)),
                Optional.of(request("a.example/one", "{}")));
    }

    private static void admit(Authorizer authorizer, Attempt attempt) {
        AdmissionPlugins.byDefault(authorizer)
                .chain((_, _, _) -> Optional.empty())
                .forEach(step -> step.admit(attempt));
    }

    @ParameterizedTest
    @CsvSource({
        "approve, a.example/one, true",
        "approve, a.example/*, true",
        "approve, *, false",
        "approve, a.example/two, false",
        "approve, b.example/*, false",
        "sign, a.example/one, false"
    })
    void whoApprovesNeedsTheRightForTheSignerOrItsDomain(String verb, String name, boolean allowed) {
        var attempt = update("approval", "a.example/one", "{\"conditions\":[{\"type\":\"Approved\"}]}");
        if (allowed) {
            assertThatCode(() -> admit(granting(verb, name), attempt)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> admit(granting(verb, name), attempt))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().message())
                                    .isEqualTo("certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: user"
                                            + " not permitted to approve requests with signerName \"a.example/one\""));
        }
    }

    @Test
    void theSignerIsTheOneThatIsStoredWhateverTheBodySays() {
        var attempt = update("approval", "b.example/mine", "{\"conditions\":[{\"type\":\"Approved\"}]}");
        assertThatThrownBy(() -> admit(granting("approve", "b.example/mine"), attempt))
                .hasMessageContaining("a.example/one");
        var signing = update("status", "b.example/mine", "{\"certificate\":\"eA==\"}");
        assertThatThrownBy(() -> admit(granting("sign", "b.example/mine"), signing))
                .hasMessageContaining("user not permitted to sign requests with signerName \"a.example/one\"");
    }

    @Test
    void aStatusThatChangesNothingNeedsNoRight() {
        assertThatCode(() -> admit(_ -> Decision.NO_OPINION, update("status", "a.example/one", "{}")))
                .doesNotThrowAnyException();
    }

    @Test
    void aPluginThatIsOffIsNotAsked() {
        var attempt = update("approval", "a.example/one", "{\"conditions\":[{\"type\":\"Approved\"}]}");
        new AdmissionPlugins(Set.of(AdmissionPlugins.NAMESPACE_LIFECYCLE), _ -> Decision.deny(""))
                .chain((_, _, _) -> Optional.empty())
                .forEach(step -> step.admit(attempt));
        assertThat(AdmissionPlugins.ALL).contains(AdmissionPlugins.CERTIFICATE_APPROVAL);
    }
}
