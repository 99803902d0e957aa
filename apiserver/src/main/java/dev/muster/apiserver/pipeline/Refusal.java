package dev.muster.apiserver.pipeline;

import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.identity.Heard;
import java.time.Instant;
import java.util.List;

/**
 * The story of a refusal, for operators. Everything a stranger could write is cut and scrubbed of what looks like a
 * credential.
 *
 * @param id what the client was told
 * @param code 401 or 403
 * @param said the answer in one sentence: what the authenticators said, or which permission was missing
 * @param heard who was asked whose credential it is, and what each said; of a 401
 * @param bindings what was bound to the user in that scope; of a 403
 */
public record Refusal(
        String id,
        Seen seen,
        int code,
        Asked asked,
        Caller caller,
        String said,
        List<Heard> heard,
        List<Bound> bindings) {

    /**
     * When it happened; it may be repeated.
     *
     * @param times how often
     * @param made the revision at which it happened first: rising, so that it orders refusals
     * @param changed the revision at which it happened last
     */
    public record Seen(Instant first, Instant last, long times, long made, long changed) {

        Seen again(Instant now, long revision) {
            return new Seen(first, now, times + 1, made, revision);
        }
    }

    /**
     * What was asked for.
     *
     * @param what the resource with group, sub-resource and name, or the path
     * @param from the peer's address, without its port
     * @param auditId of the first time
     */
    public record Asked(String verb, String what, String namespace, String path, String from, String auditId) {}

    /** @param name empty when nobody was authenticated */
    public record Caller(String name, List<String> groups) {
        public Caller {
            groups = List.copyOf(groups);
        }
    }

    public Refusal {
        heard = List.copyOf(heard);
        bindings = List.copyOf(bindings);
    }

    Refusal again(Instant now, long revision) {
        return new Refusal(id, seen.again(now, revision), code, asked, caller, said, heard, bindings);
    }
}
