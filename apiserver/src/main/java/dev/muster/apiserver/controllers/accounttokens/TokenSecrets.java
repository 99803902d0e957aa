package dev.muster.apiserver.controllers.accounttokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.AccountTokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Fills secrets for tokens, and removes those whose account is gone. Keys are namespace and name of a secret. */
public final class TokenSecrets implements Reconciler {

    static final String TYPE = "kubernetes.io/service-account-token";
    static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
    static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    private final ObjectAccess access;
    private final ResourceType secrets;
    private final ResourceType accounts;
    private final AccountTokenIssuer issuer;
    private final String caPem;

    public TokenSecrets(ObjectAccess access, Kinds kinds, AccountTokenIssuer issuer, String caPem) {
        this.access = access;
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.accounts = kinds.byResource("", "v1", "serviceaccounts").orElseThrow();
        this.issuer = issuer;
        this.caPem = caPem;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        int slash = key.indexOf('/');
        access.get(secrets, key.substring(0, slash), key.substring(slash + 1))
                .filter(TokenSecrets::holdsToken)
                .filter(secret -> !secret.isBeingDeleted())
                .ifPresent(this::settle);
        return Optional.empty();
    }

    static boolean holdsToken(ApiObject secret) {
        return secret.tree().path("type").asText("").equals(TYPE);
    }

    private void settle(ApiObject secret) {
        String name = secret.annotations().getOrDefault(ACCOUNT_NAME, "");
        String uid = secret.annotations().getOrDefault(ACCOUNT_UID, "");
        var account = access.get(accounts, secret.namespace(), name)
                .filter(found -> uid.isEmpty() || uid.equals(found.uid()));
        try {
            if (account.isEmpty()) {
                access.delete(secrets, secret.namespace(), secret.name(), Optional.of(secret.uid()));
            } else {
                fill(
                        secret,
                        new AccountId(secret.namespace(), name, account.get().uid()));
            }
        } catch (StatusException e) {
            // 404: gone already; 409: it has changed, and we hear of that.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }

    private void fill(ApiObject secret, AccountId account) {
        ObjectNode tree = secret.copyTree();
        tree.withObjectProperty("metadata").withObjectProperty("annotations").put(ACCOUNT_UID, account.uid());
        ObjectNode data = tree.withObjectProperty("data");
        data.put("ca.crt", base64(caPem)).put("namespace", base64(account.namespace()));
        if (data.path("token").asText("").isEmpty()) {
            data.put("token", base64(issuer.forSecret(account, secret.name()).reveal()));
        }
        if (!tree.equals(secret.tree())) {
            access.update(secrets, "", ApiObject.of(tree));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
