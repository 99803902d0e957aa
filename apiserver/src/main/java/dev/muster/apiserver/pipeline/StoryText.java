package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.request.RequestInfo;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;

/** Cuts and scrubs what goes into a story, so that a story is bounded whatever its parts are. */
final class StoryText {

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
        var kept = new ArrayList<String>(Math.min(all.size(), MOST + 1));
        for (int i = 0; i < Math.min(all.size(), MOST); i++) {
            kept.add(LogText.cut(Scrub.text(all.get(i))));
        }
        if (all.size() > MOST) {
            kept.add("… and " + (all.size() - MOST) + " more");
        }
        return kept;
    }

    static List<Heard> heard(List<Heard> all) {
        return all.stream()
                .limit(MOST)
                .map(one -> new Heard(one.authenticator(), one.answer(), Scrub.text(one.detail())))
                .toList();
    }

    static List<Bound> bindings(List<Bound> all) {
        return all.stream().limit(MOST).toList();
    }
}
