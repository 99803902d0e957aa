package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.impersonate.Check;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.BindingLister.Near;
import dev.muster.core.identity.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The story of a refusal, for operators. Everything a stranger could write is cut and scrubbed of what looks like a
 * credential.
 *
 * @param id what the client was told
 * @param code 401 or 403; 401 of somebody who is known is a review that said no
 * @param said the answer in one sentence: what the authenticators said, or which permission was missing
 * @param heard who was asked whose credential it is, and what each said; of a 401
 * @param bindings what was bound to the user in that scope; of a 403
 * @param nearest which of the user's rules came closest; of a 403
 * @param impersonation where somebody acts as another, or wanted to
 */
public record Refusal(
        String id,
        Seen seen,
        int code,
        Asked asked,
        Caller caller,
        String said,
        List<Heard> heard,
        List<Bound> bindings,
        List<Near> nearest,
        Optional<Impersonation> impersonation) {

    /**
     * When it happened; it may be repeated.
     *
     * @param times how often
     * @param made the revision at which it happened first: rising, so that it orders refusals
     * @param changed the revision at which it happened last
     * @param auditIds of the last few times, the newest last; clients may choose them, so they name no story by themselves
     */
    public record Seen(Instant first, Instant last, long times, long made, long changed, List<String> auditIds) {

        private static final int MOST = 8;

        public Seen {
            auditIds = List.copyOf(auditIds);
        }

        Seen again(Instant now, long revision, String auditId) {
            var ids = new ArrayList<>(auditIds);
            if (ids.size() == MOST) {
                ids.removeFirst();
            }
            ids.add(auditId);
            return new Seen(first, now, times + 1, made, revision, ids);
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

    /**
     * One who acts as another.
     *
     * @param by who really called
     * @param as whom they wanted to be; the groups are those asked for
     * @param uid asked for; empty for none
     * @param extra asked for, as {@code key=value}
     * @param allowed whether they may be; the refusal is then that of the other's request
     * @param checks which permissions were looked for
     */
    public record Impersonation(
            Caller by, Caller as, String uid, List<String> extra, boolean allowed, List<Check> checks) {
        public Impersonation {
            extra = List.copyOf(extra);
            checks = List.copyOf(checks);
        }
    }

    public Refusal {
        heard = List.copyOf(heard);
        bindings = List.copyOf(bindings);
        nearest = List.copyOf(nearest);
    }

    Refusal again(Instant now, long revision, String auditId) {
        return new Refusal(
                id,
                seen.again(now, revision, auditId),
                code,
                asked,
                caller,
                said,
                heard,
                bindings,
                nearest,
                impersonation);
    }
}
