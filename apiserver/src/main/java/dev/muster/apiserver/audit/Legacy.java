package dev.muster.apiserver.audit;

import dev.muster.api.meta.GoText;
import dev.muster.core.identity.User;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The one-line form of {@code --audit-log-format=legacy}: a part of what an event says, every value quoted. */
final class Legacy {

    private static final int LONGEST = 256;

    private Legacy() {}

    static String line(StageEvent event) {
        var facts = event.facts();
        User user = facts.user();
        User target = event.as().target();
        List<String> sources = facts.sources();
        String namespace = facts.info().namespace();
        return DateTimeFormatter.ISO_INSTANT.format(facts.received()) + " AUDIT:"
                + pair("id", facts.auditId())
                + pair("stage", event.stage().word())
                + pair("ip", sources.isEmpty() ? "<unknown>" : sources.getFirst())
                + pair("method", facts.info().verb())
                + pair("user", user == null || user.name().isEmpty() ? "<none>" : user.name())
                + pair("groups", user == null || user.groups().isEmpty() ? "<none>" : list(user.groups()))
                + pair("as", target == null ? "<self>" : target.name())
                + pair("asgroups", target == null || target.groups().isEmpty() ? "<lookup>" : list(target.groups()))
                + pair("user-agent", facts.userAgent())
                + pair("namespace", namespace.isEmpty() ? "<none>" : namespace)
                + pair("uri", facts.uri())
                + " response=\"" + code(event.answered()) + "\"";
    }

    private static String list(List<String> values) {
        return values.stream().map(GoText::quote).collect(Collectors.joining(","));
    }

    private static String pair(String name, String value) {
        return " " + name + "=" + GoText.quote(value);
    }

    private static String code(Answered answered) {
        return switch (answered) {
            case Answered.NotYet _ -> "<deferred>";
            case Answered.GoneBefore _ -> "200";
            case Answered.Fault _ -> "500";
            case Answered.With with -> Integer.toString(with.code());
        };
    }

    /** For the log when an event could not be written: who did what, not where from or with what. */
    static String summary(StageEvent event) {
        User user = event.facts().user();
        return "auditID=" + GoText.quote(event.facts().auditId())
                + pair("stage", event.stage().word())
                + pair("user", cut(user == null ? "" : user.name()))
                + pair("verb", event.facts().info().verb())
                + pair("path", cut(Masks.text(event.facts().info().path())));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
