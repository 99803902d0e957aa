package dev.muster.core.audit;

import dev.muster.core.access.Attributes;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which requests are recorded, and how much of them. Immutable. */
public final class Policy {

    private record Judged(Rule rule, Ruling ruling) {}

    private final List<Judged> rules;
    private final Ruling otherwise;

    /** @param omitStages stages of which no rule makes events */
    public Policy(List<Rule> rules, Set<Stage> omitStages, boolean omitManagedFields) {
        var judged = new ArrayList<Judged>(rules.size());
        for (Rule rule : rules) {
            var omitted = EnumSet.noneOf(Stage.class);
            omitted.addAll(omitStages);
            omitted.addAll(rule.omitStages());
            judged.add(new Judged(
                    rule,
                    new Ruling(rule.level(), omitted, rule.omitManagedFields().orElse(omitManagedFields))));
        }
        this.rules = List.copyOf(judged);
        this.otherwise = new Ruling(Level.NONE, omitStages, omitManagedFields);
    }

    /**
     * What the first rule that matches says.
     *
     * @param user who really calls; null when nobody was authenticated
     * @param asked its user is not looked at
     */
    public Ruling judge(User user, Attributes asked) {
        for (var one : rules) {
            if (one.rule.matches(user, asked)) {
                return one.ruling;
            }
        }
        return otherwise;
    }
}
