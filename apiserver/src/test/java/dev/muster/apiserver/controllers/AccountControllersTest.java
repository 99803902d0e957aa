package dev.muster.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.testing.Api;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.core.issuing.TokenOrder;
import dev.muster.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountControllersTest {

    private static final String IN_DEFAULT = "/api/v1/namespaces/default/";

    private static final AccountTokenIssuer ISSUER = new AccountTokenIssuer() {
        @Override
        public Issued issue(TokenOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Secret forSecret(AccountId account, String secretName) {
            return Secret.of("token of " + account.userName() + " " + account.uid() + " in " + secretName);
        }
    };

    private final Api api = new Api();
    private AccountControllers running = start(false);

    private AccountControllers start(boolean automatic) {
        return AccountControllers.start(
                api.resources.access(),
                Api.KINDS,
                api.cache,
                api.clock,
                new AccountControllers.Settings(ISSUER, "the CA", automatic, Duration.ofDays(365)));
    }

    @AfterEach
    void close() {
        running.close();
        api.close();
    }

    private boolean isThere(String path) {
        return api.get(path).code() == 200;
    }

    private static String plain(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void tokenSecret(String name, String account) {
        api.post(
                IN_DEFAULT + "secrets",
                "{\"metadata\":{\"name\":\"" + name + "\",\"annotations\":{\"kubernetes.io/service-account.name\":\""
                        + account + "\"}},\"type\":\"kubernetes.io/service-account-token\"}");
    }

    private void account(String name) {
        api.post(IN_DEFAULT + "serviceaccounts", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    @Test
    void everyNamespaceHasADefaultAccountAndTheCa() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
        for (String namespace : new String[] {"default", "kube-system", "team"}) {
            String in = "/api/v1/namespaces/" + namespace;
            Api.eventually(() -> isThere(in + "/serviceaccounts/default"));
            Api.eventually(() -> isThere(in + "/configmaps/kube-root-ca.crt"));
            assertThat(api.get(in + "/configmaps/kube-root-ca.crt")
                            .json()
                            .at("/data")
                            .toString())
                    .isEqualTo("{\"ca.crt\":\"the CA\"}");
        }
    }

    @Test
    void whatIsDeletedOrChangedComesBack() {
        Api.eventually(() -> isThere(IN_DEFAULT + "serviceaccounts/default"));
        Api.eventually(() -> isThere(IN_DEFAULT + "configmaps/kube-root-ca.crt"));
        String uid = api.get(IN_DEFAULT + "serviceaccounts/default").text("/metadata/uid");
        api.delete(IN_DEFAULT + "serviceaccounts/default");
        Api.eventually(() -> isThere(IN_DEFAULT + "serviceaccounts/default")
                && !api.get(IN_DEFAULT + "serviceaccounts/default")
                        .text("/metadata/uid")
                        .equals(uid));
        api.patch(IN_DEFAULT + "configmaps/kube-root-ca.crt", "merge", "{\"data\":{\"ca.crt\":\"mine\",\"x\":\"y\"}}");
        Api.eventually(() -> api.get(IN_DEFAULT + "configmaps/kube-root-ca.crt")
                .json()
                .at("/data")
                .toString()
                .equals("{\"ca.crt\":\"the CA\"}"));
        api.delete(IN_DEFAULT + "configmaps/kube-root-ca.crt");
        Api.eventually(() -> isThere(IN_DEFAULT + "configmaps/kube-root-ca.crt"));
    }

    @Test
    void aSecretByAnnotationIsFilled() {
        account("robot");
        String uid = api.get(IN_DEFAULT + "serviceaccounts/robot").text("/metadata/uid");
        tokenSecret("held", "robot");
        Api.eventually(
                () -> !api.get(IN_DEFAULT + "secrets/held").text("/data/token").isEmpty());
        var secret = api.get(IN_DEFAULT + "secrets/held");
        assertThat(plain(secret.text("/data/token")))
                .isEqualTo("token of system:serviceaccount:default:robot " + uid + " in held");
        assertThat(plain(secret.text("/data/ca.crt"))).isEqualTo("the CA");
        assertThat(plain(secret.text("/data/namespace"))).isEqualTo("default");
        assertThat(secret.json()
                        .at("/metadata/annotations")
                        .get("kubernetes.io/service-account.uid")
                        .asText())
                .isEqualTo(uid);
        assertThat(api.get(IN_DEFAULT + "serviceaccounts/robot").json().has("secrets"))
                .as("not listed")
                .isFalse();
    }

    @Test
    void aSecretGoesWithItsAccount() {
        account("robot");
        tokenSecret("held", "robot");
        tokenSecret("orphan", "nobody");
        Api.eventually(() -> !isThere(IN_DEFAULT + "secrets/orphan"));
        Api.eventually(
                () -> !api.get(IN_DEFAULT + "secrets/held").text("/data/token").isEmpty());
        api.delete(IN_DEFAULT + "serviceaccounts/robot");
        account("robot");
        Api.eventually(() -> !isThere(IN_DEFAULT + "secrets/held"));
    }

    @Test
    void accountsGetOneSecretEachWhereThatIsWantedHoweverOftenItBegins() {
        running.close();
        account("robot");
        for (int i = 0; i < 3; i++) {
            running = start(true);
            Api.eventually(() -> !api.get(IN_DEFAULT + "serviceaccounts/robot")
                    .text("/secrets/0/name")
                    .isEmpty());
            running.close();
            // As if the process had died between making the secret and listing it.
            api.patch(IN_DEFAULT + "serviceaccounts/robot", "merge", "{\"secrets\":null}");
        }
        running = start(true);
        Api.eventually(() -> !api.get(IN_DEFAULT + "serviceaccounts/robot")
                .text("/secrets/0/name")
                .isEmpty());
        String name = api.get(IN_DEFAULT + "serviceaccounts/robot").text("/secrets/0/name");
        assertThat(name).matches("robot-token-[a-z0-9]{5}");
        long own = 0;
        for (var secret : api.get(IN_DEFAULT + "secrets").json().get("items")) {
            own += secret.at("/metadata/name").asText().startsWith("robot-token-") ? 1 : 0;
        }
        assertThat(own).isEqualTo(1);
        api.delete(IN_DEFAULT + "secrets/" + name);
        // The account is looked at again when it changes.
        api.patch(IN_DEFAULT + "serviceaccounts/robot", "merge", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        Api.eventually(() -> !api.get(IN_DEFAULT + "serviceaccounts/robot")
                .text("/secrets/0/name")
                .equals(name));
    }

    @Test
    void theDayOfUseIsNotedOnce() {
        account("robot");
        tokenSecret("held", "robot");
        Api.eventually(
                () -> !api.get(IN_DEFAULT + "secrets/held").text("/data/token").isEmpty());
        running.used("default", "held");
        Api.eventually(() -> api.get(IN_DEFAULT + "secrets/held")
                .json()
                .at("/metadata/labels")
                .path("kubernetes.io/legacy-token-last-used")
                .asText("")
                .equals("2026-03-01"));
        String version = api.get(IN_DEFAULT + "secrets/held").text("/metadata/resourceVersion");
        running.used("default", "held");
        running.used("default", "nothing");
        account("another");
        tokenSecret("later", "another");
        Api.eventually(
                () -> !api.get(IN_DEFAULT + "secrets/later").text("/data/token").isEmpty());
        assertThat(api.get(IN_DEFAULT + "secrets/held").text("/metadata/resourceVersion"))
                .isEqualTo(version);
    }
}
