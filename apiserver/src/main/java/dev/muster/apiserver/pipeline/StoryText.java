package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.impersonate.Check;
import dev.muster.apiserver.pipeline.Refusal.Impersonation;
import dev.muster.apiserver.request.RequestInfo;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.access.BindingLister.Near;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts and scrubs what goes into a story, so that a story is bounded whatever its parts are. */
final class StoryText {

    private static final int MOST_NEAR = 5;

    /** Of groups, bindings and authenticators alike. */
    private static final int MOST = 32;

    private StoryText() {}

    static Refusal.Asked asked(Turn turn) {
        var info = turn.info();
        return new Refusal.Asked(
                Scrub.text(info.verb()),
                Scrub.text(what(info)),
                Scrub.text(info.namespace()),
                Scrub.text(info.path()),
                turn.remote().getAddress() == null
                        ? ""
                        : turn.remote().getAddress().getHostAddress(),
                turn.auditId());
    }

    /** {@code pods/log web-0}, {@code roles.rbac.authorization.k8s.io}, or the path. */
    private static String what(RequestInfo info) {
        if (!info.resourceRequest()) {
            return info.path();
        }
        return info.resource()
                + (info.apiGroup().isEmpty() ? "" : "." + info.apiGroup())
                + (info.subresource().isEmpty() ? "" : "/" + info.subresource())
                + (info.name().isEmpty() ? "" : " " + info.name());
    }

    static Refusal.Caller caller(User user) {
        if (user == null) {
            return new Refusal.Caller("", List.of());
        }
        return new Refusal.Caller(Scrub.text(user.name()), groups(user.groups()));
    }

    private static List<String> groups(List<String> all) {
        return cut(all.stream().limit(MOST + 1).map(Scrub::text).toList(), all.size());
    }

    private static List<String> cut(List<String> scrubbed, int howMany) {
        var kept = new ArrayList<String>(Math.min(howMany, MOST + 1));
        for (int i = 0; i < Math.min(howMany, MOST); i++) {
            kept.add(LogText.cut(scrubbed.get(i)));
        }
        if (howMany > MOST) {
            kept.add("… and " + (howMany - MOST) + " more");
        }
        return kept;
    }

    static Optional<Impersonation> impersonation(Turn turn) {
        var acting = turn.acting();
        if (acting == null) {
            return Optional.empty();
        }
        var wish = acting.wish();
        var extra = new ArrayList<String>();
        wish.extra()
                .forEach(
                        (key, values) -> values.forEach(value -> extra.add(Scrub.text(key) + "=" + Scrub.text(value))));
        return Optional.of(new Impersonation(
                caller(turn.caller()),
                new Refusal.Caller(LogText.cut(Scrub.text(wish.name())), groups(wish.groups())),
                LogText.cut(Scrub.text(wish.uid())),
                cut(extra, extra.size()),
                turn.user() != turn.caller(),
                acting.checks().stream()
                        .map(check -> new Check(Scrub.text(check.what()), check.allowed()))
                        .toList()));
    }

    static List<Heard> heard(List<Heard> all) {
        return all.stream()
                .limit(MOST)
                .map(one -> new Heard(one.authenticator(), one.answer(), Scrub.text(one.detail())))
                .toList();
    }

    /** Rules are operators' words; they are cut all the same, since some are very long. */
    static List<Near> nearest(List<Near> all) {
        return all.stream()
                .limit(MOST_NEAR)
                .map(near -> new Near(Scrub.text(near.rule()), Scrub.text(near.lacks())))
                .toList();
    }

    static List<Bound> bindings(List<Bound> all) {
        return all.stream().limit(MOST).toList();
    }
}
