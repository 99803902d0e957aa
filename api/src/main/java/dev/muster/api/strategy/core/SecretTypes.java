package dev.muster.api.strategy.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** What a secret of a known type must hold. */
final class SecretTypes {

    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final FieldPath DATA = FieldPath.of("data");
    private static final ObjectMapper JSON = new ObjectMapper();

    private SecretTypes() {}

    static void check(ApiObject secret, List<Cause> causes) {
        JsonNode data = secret.tree().path("data");
        switch (Members.text(secret.tree(), "type")) {
            case "kubernetes.io/service-account-token" -> {
                if (secret.annotations().getOrDefault(ACCOUNT, "").isEmpty()) {
                    causes.add(FieldErrors.required(
                            FieldPath.of("metadata", "annotations").key(ACCOUNT), ""));
                }
            }
            case "kubernetes.io/dockercfg" -> json(data, ".dockercfg", causes);
            case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson", causes);
            case "kubernetes.io/basic-auth" -> {
                if (!data.has("username") && !data.has("password")) {
                    causes.add(FieldErrors.required(DATA.key("username"), ""));
                    causes.add(FieldErrors.required(DATA.key("password"), ""));
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (Members.text(data, "ssh-privatekey").isEmpty()) {
                    causes.add(FieldErrors.required(DATA.key("ssh-privatekey"), ""));
                }
            }
            case "kubernetes.io/tls" -> {
                for (String key : List.of("tls.crt", "tls.key")) {
                    if (!data.has(key)) {
                        causes.add(FieldErrors.required(DATA.key(key), ""));
                    }
                }
            }
            default -> {
                // Other types are their users' business.
            }
        }
    }

    private static void json(JsonNode data, String key, List<Cause> causes) {
        if (!data.has(key)) {
            causes.add(FieldErrors.required(DATA.key(key), ""));
        } else if (!isJsonObject(data.get(key).asText())) {
            causes.add(FieldErrors.invalid(DATA.key(key), "<secret contents redacted>", "must be a JSON object"));
        }
    }

    private static boolean isJsonObject(String base64) {
        try {
            return JSON.readTree(Base64.getDecoder().decode(base64)).isObject();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
