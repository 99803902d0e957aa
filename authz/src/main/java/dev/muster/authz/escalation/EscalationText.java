package dev.muster.authz.escalation;

import dev.muster.api.meta.GoText;
import dev.muster.authz.rbac.MissingRole;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RuleCovers;
import dev.muster.authz.rbac.RuleText;
import dev.muster.authz.rbac.RulesOf;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;

/** Kubernetes' sentence about permissions somebody wants to give and does not hold. */
final class EscalationText {

    private EscalationText() {}

    /** Empty when all is held. */
    static Optional<String> of(User user, RulesOf.Held held, List<Rule> wanted) {
        RuleCovers.Answer answer = RuleCovers.check(held.rules(), wanted);
        if (answer.covered()) {
            return Optional.empty();
        }
        var text = new StringBuilder("user ")
                .append(GoText.quote(user.name()))
                .append(" (groups=")
                .append(RuleText.list(user.groups()))
                .append(") is attempting to grant RBAC permissions not currently held:\n")
                .append(String.join("\n", RuleText.lines(answer.missing())));
        if (answer.cut()) {
            text.append("\n... and more than can be listed");
        }
        if (!held.missing().isEmpty()) {
            List<String> errors =
                    held.missing().stream().map(MissingRole::apiMessage).toList();
            text.append("; resolution errors: [")
                    .append(MissingRole.joined(errors))
                    .append("]");
        }
        return Optional.of(text.toString());
    }
}
