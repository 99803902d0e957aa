package dev.muster.apiserver.controllers.legacytokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.pod.PodReferences;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back tokens in secrets that were made by themselves and have not been used for a period, and deletes them after another.
 * One sweep over all; the key does not matter.
 */
public final class UnusedTokens implements Reconciler {

    /** Kubernetes' default of {@code --legacy-service-account-token-clean-up-period}. */
    public static final Duration YEAR = Duration.ofDays(365);

    private static final Logger LOG = LoggerFactory.getLogger(UnusedTokens.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(24);

    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String LAST_USED = "kubernetes.io/legacy-token-last-used";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    private final ObjectAccess access;
    private final ResourceType configMaps;
    private final ResourceType secrets;
    private final ResourceType accounts;
    private final ResourceType pods;
    private final InstantSource clock;
    private final Duration period;

    /** @param period how long a token must not have been used; positive */
    public UnusedTokens(ObjectAccess access, Kinds kinds, InstantSource clock, Duration period) {
        this.access = access;
        this.configMaps = kinds.byResource("", "v1", "configmaps").orElseThrow();
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.accounts = kinds.byResource("", "v1", "serviceaccounts").orElseThrow();
        this.pods = kinds.byResource("", "v1", "pods").orElseThrow();
        this.clock = clock;
        this.period = period;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        Instant now = clock.instant();
        if (hasBeenTracked(now)) {
            var mounted = new HashMap<String, Set<String>>();
            for (ApiObject secret : access.list(secrets, "")) {
                if (isUnused(secret, now) && !isMounted(secret, mounted)) {
                    takeBackOrDelete(secret, now);
                }
            }
        }
        return Optional.of(BETWEEN_SWEEPS);
    }

    /** Noting began somewhen on the first day: the period counts from the day after. */
    private boolean hasBeenTracked(Instant now) {
        return access.get(configMaps, UseTracking.NAMESPACE, UseTracking.NAME)
                .flatMap(UseTracking::since)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .filter(from -> !now.isBefore(from.plus(period)))
                .isPresent();
    }

    private boolean isUnused(ApiObject secret, Instant now) {
        if (!secret.tree().path("type").asText("").equals(TYPE)
                || secret.isBeingDeleted()
                || !isOlder(secret, now.minus(period))) {
            return false;
        }
        String lastUsed = secret.labels().get(LAST_USED);
        // No label: never used since that is noted. One that cannot be read: who knows.
        return (lastUsed == null || isBefore(lastUsed, now.minus(period))) && isAutomatic(secret);
    }

    private static boolean isOlder(ApiObject secret, Instant moment) {
        try {
            return Instant.parse(secret.metadata().path("creationTimestamp").asText(""))
                    .isBefore(moment);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBefore(String day, Instant moment) {
        return Days.read(day).filter(read -> read.isBefore(Days.of(moment))).isPresent();
    }

    /** Made for an account, which therefore lists it; by hand nobody lists them. */
    private boolean isAutomatic(ApiObject secret) {
        String name = secret.annotations().getOrDefault(ACCOUNT, "");
        String uid = secret.annotations().getOrDefault(ACCOUNT_UID, "");
        return !name.isEmpty()
                && access.get(accounts, secret.namespace(), name)
                        .filter(account -> uid.isEmpty() || uid.equals(account.uid()))
                        .filter(account -> lists(account, secret.name()))
                        .isPresent();
    }

    private static boolean lists(ApiObject account, String secret) {
        for (JsonNode reference : account.tree().path("secrets")) {
            if (reference.path("name").asText("").equals(secret)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMounted(ApiObject secret, Map<String, Set<String>> byNamespace) {
        return byNamespace
                .computeIfAbsent(
                        secret.namespace(),
                        namespace -> access.list(pods, namespace).stream()
                                .flatMap(pod -> PodReferences.of(pod).secrets().stream())
                                .collect(Collectors.toSet()))
                .contains(secret.name());
    }

    private void takeBackOrDelete(ApiObject secret, Instant now) {
        String since = secret.labels().getOrDefault(INVALID_SINCE, "");
        try {
            if (Days.read(since).isEmpty()) {
                ObjectNode tree = secret.copyTree();
                tree.withObjectProperty("metadata")
                        .withObjectProperty("labels")
                        .put(INVALID_SINCE, Days.of(now).toString());
                access.update(secrets, "", ApiObject.of(tree));
                LOG.info("took back the unused token in {}/{}", secret.namespace(), secret.name());
            } else if (isBefore(since, now.minus(period)) && isStillSo(secret)) {
                access.delete(secrets, secret.namespace(), secret.name(), Optional.of(secret.uid()));
                LOG.info("deleted the token in {}/{}, taken back since {}", secret.namespace(), secret.name(), since);
            }
        } catch (StatusException e) {
            // 404: gone; 409: it has changed: the next sweep looks again.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }

    /** Somebody may have given it back since the sweep began. */
    private boolean isStillSo(ApiObject secret) {
        return access.get(secrets, secret.namespace(), secret.name())
                .filter(found -> found.resourceVersion().equals(secret.resourceVersion()))
                .isPresent();
    }
}
