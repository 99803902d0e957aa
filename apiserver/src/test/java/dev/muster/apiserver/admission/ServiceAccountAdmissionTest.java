package dev.muster.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.apiserver.testing.Api.Answer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountAdmissionTest {

    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

    private final Api api = new Api();

    @BeforeEach
    void admission() {
        var access = api.resources.access();
        api.resources.admitBy(new ServiceAccountAdmission(
                (namespace, name) -> access.get(Api.type("serviceaccounts"), namespace, name), new Random(3)));
        account("default", "");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void account(String name, String more) {
        assertThat(api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"" + name + "\"}" + more + "}")
                        .code())
                .isEqualTo(201);
    }

    private Answer pod(String meta, String spec) {
        return api.post(
                "/api/v1/namespaces/default/pods",
                "{\"metadata\":{\"name\":\"web\"" + meta
                        + "},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]" + spec + "}}");
    }

    @Test
    void aPodWithoutAnAccountGetsTheDefaultOneAndItsToken() {
        var pod = pod("", ",\"initContainers\":[{\"name\":\"i\",\"image\":\"i\"}]");
        assertThat(pod.code()).isEqualTo(201);
        assertThat(pod.text("/spec/serviceAccountName")).isEqualTo("default");
        assertThat(pod.text("/spec/serviceAccount")).isEqualTo("default");
        String name = pod.text("/spec/volumes/0/name");
        assertThat(name).matches("kube-api-access-[b-z2-9]{5}");
        assertThat(pod.json().at("/spec/volumes/0/projected").toString())
                .isEqualTo("{\"sources\":[{\"serviceAccountToken\":{\"expirationSeconds\":3607,\"path\":\"token\"}},"
                        + "{\"configMap\":{\"name\":\"kube-root-ca.crt\",\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}]}},"
                        + "{\"downwardAPI\":{\"items\":[{\"path\":\"namespace\",\"fieldRef\":{\"apiVersion\":\"v1\","
                        + "\"fieldPath\":\"metadata.namespace\"}}]}}],\"defaultMode\":420}");
        for (String container : new String[] {"/spec/initContainers/0", "/spec/containers/0"}) {
            assertThat(pod.text(container + "/volumeMounts/0/name")).isEqualTo(name);
            assertThat(pod.json().at(container + "/volumeMounts/0/readOnly").asBoolean())
                    .isTrue();
            assertThat(pod.text(container + "/volumeMounts/0/mountPath"))
                    .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
        }
    }

    @Test
    void anAccountThatIsNotThereIsForbidden() {
        var pod = pod("", ",\"serviceAccountName\":\"nobody\"");
        assertThat(pod.code()).isEqualTo(403);
        assertThat(pod.text("/message"))
                .isEqualTo("pods \"web\" is forbidden: error looking up service account default/nobody:"
                        + " serviceaccount \"nobody\" not found");
    }

    @Test
    void thePodDecidesBeforeTheAccountWhetherTheTokenIsMounted() {
        account("quiet", ",\"automountServiceAccountToken\":false");
        assertThat(pod("", ",\"automountServiceAccountToken\":false")
                        .json()
                        .at("/spec/volumes")
                        .isMissingNode())
                .isTrue();
        api.delete("/api/v1/namespaces/default/pods/web");
        assertThat(pod("", ",\"serviceAccountName\":\"quiet\"")
                        .json()
                        .at("/spec/volumes")
                        .isMissingNode())
                .isTrue();
        api.delete("/api/v1/namespaces/default/pods/web");
        assertThat(pod("", ",\"serviceAccountName\":\"quiet\",\"automountServiceAccountToken\":true")
                        .json()
                        .at("/spec/volumes"))
                .hasSize(1);
    }

    @Test
    void pullSecretsComeFromTheAccountWhereThePodHasNone() {
        account("puller", ",\"imagePullSecrets\":[{\"name\":\"registry\"}]");
        assertThat(pod("", ",\"serviceAccountName\":\"puller\"").text("/spec/imagePullSecrets/0/name"))
                .isEqualTo("registry");
        api.delete("/api/v1/namespaces/default/pods/web");
        var own = pod("", ",\"serviceAccountName\":\"puller\",\"imagePullSecrets\":[{\"name\":\"own\"}]");
        assertThat(own.json().at("/spec/imagePullSecrets")).hasSize(1);
        assertThat(own.text("/spec/imagePullSecrets/0/name")).isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"serviceAccountName\":\"default\"",
                ",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"s\"}}]",
                ",\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"s\"}}]",
                ",\"volumes\":[{\"name\":\"v\",\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"path\":\"t\"}}]}}]"
            })
    void aMirrorPodGetsNothingFromTheApi(String spec) {
        String mirror = ",\"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}";
        assertThat(pod(mirror, spec).code()).isEqualTo(403);
        assertThat(pod(mirror, "").json().at("/spec/volumes").isMissingNode()).isTrue();
    }

    /** CVE-2023-2728 and CVE-2024-3177 were ways to a secret that nobody had looked at. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"theirs\"}}]",
                ",\"volumes\":[{\"name\":\"v\",\"projected\":{\"sources\":[{\"secret\":{\"name\":\"theirs\"}}]}}]",
                ",\"initContainers\":[{\"name\":\"i\",\"image\":\"i\",\"envFrom\":[{\"secretRef\":{\"name\":\"theirs\"}}]}]",
                ",\"initContainers\":[{\"name\":\"i\",\"image\":\"i\",\"env\":[{\"name\":\"E\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"theirs\",\"key\":\"k\"}}}]}]",
                ",\"ephemeralContainers\":[{\"name\":\"i\",\"image\":\"i\",\"envFrom\":[{\"secretRef\":{\"name\":\"theirs\"}}]}]",
                ",\"imagePullSecrets\":[{\"name\":\"theirs\"}]"
            })
    void onlyListedSecretsAreUsedWhereTheAccountSaysSo(String spec) {
        api.post(
                ACCOUNTS,
                "{\"metadata\":{\"name\":\"strict\",\"annotations\":{\"kubernetes.io/enforce-mountable-secrets\":\"true\"}},"
                        + "\"secrets\":[{\"name\":\"mine\"}],\"imagePullSecrets\":[{\"name\":\"mine\"}]}");
        String as = ",\"serviceAccountName\":\"strict\"";
        assertThat(pod("", as + spec).code()).isEqualTo(403);
        assertThat(pod("", as + spec).text("/message")).contains("does not reference that");
        if (!spec.contains("ephemeral")) {
            assertThat(pod("", as + spec.replace("theirs", "mine")).code()).isEqualTo(201);
        }
    }
}
