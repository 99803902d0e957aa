package dev.muster.apiserver.pipeline;

import java.time.Instant;

/**
 * The story of a refusal, for operators. Everything a stranger could write is cut and scrubbed of what looks like a
 * credential.
 *
 * @param id what the client was told
 * @param first when it happened first
 * @param last when it happened last, for it may be repeated
 * @param times how often
 * @param code 401 or 403
 * @param auditId of the first time
 * @param user empty when nobody was authenticated
 * @param from the peer's address, without its port
 * @param said what the authenticators said, or which permission was missing
 */
public record Refusal(
        String id,
        Instant first,
        Instant last,
        long times,
        int code,
        String auditId,
        String user,
        String verb,
        String path,
        String from,
        String said) {

    Refusal again(Instant now) {
        return new Refusal(id, first, now, times + 1, code, auditId, user, verb, path, from, said);
    }
}
