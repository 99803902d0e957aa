package dev.muster.apiserver.controllers.csrcleaner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

/** Deletes each request when its time has come; the times are those of Kubernetes' cleaner, without its hourly sweep. */
public final class Cleaning implements Reconciler {

    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration WAITING = Duration.ofHours(24);

    private final ObjectAccess access;
    private final ResourceType type;
    private final InstantSource clock;

    public Cleaning(ObjectAccess access, ResourceType type, InstantSource clock) {
        this.access = access;
        this.type = type;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        return access.get(type, "", name).map(SigningRequest::new).flatMap(request -> {
            Instant end = end(request);
            Instant now = clock.instant();
            if (now.isBefore(end)) {
                return Optional.of(Duration.between(now, end));
            }
            delete(request);
            return Optional.empty();
        });
    }

    private static Instant end(SigningRequest request) {
        var ends = new ArrayList<Instant>();
        after(request, SigningRequest.APPROVED, request.isIssued() ? DECIDED : WAITING)
                .ifPresent(ends::add);
        after(request, SigningRequest.DENIED, DECIDED).ifPresent(ends::add);
        after(request, SigningRequest.FAILED, DECIDED).ifPresent(ends::add);
        if (ends.isEmpty()) {
            ends.add(time(request.object().metadata().path("creationTimestamp")).plus(WAITING));
        }
        if (request.isIssued()) {
            ends.add(expiry(request.certificatePem()));
        }
        return Collections.min(ends);
    }

    private static Optional<Instant> after(SigningRequest request, String condition, Duration patience) {
        return request.condition(condition)
                .map(one -> time(one.path("lastUpdateTime")).plus(patience));
    }

    /** Of the first certificate. */
    private static Instant expiry(byte[] pem) {
        try {
            return Pem.certificates(pem).getFirst().getNotAfter().toInstant();
        } catch (MalformedPem e) {
            return Instant.MAX;
        }
    }

    private static Instant time(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asText("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private void delete(SigningRequest request) {
        try {
            access.delete(
                    type,
                    "",
                    request.object().name(),
                    Optional.of(request.object().uid()));
        } catch (StatusException e) {
            // 404: gone already; 409: another of the same name by now.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
