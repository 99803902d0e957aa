package dev.muster.server.audit;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.strategy.Names;
import dev.muster.core.audit.GroupResources;
import dev.muster.core.audit.Level;
import dev.muster.core.audit.Rule;
import dev.muster.core.audit.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and judges the rules of a policy, in Kubernetes' words. */
final class PolicyRules {

    private static final Set<String> FIELDS = Set.of(
            "level",
            "users",
            "userGroups",
            "verbs",
            "resources",
            "namespaces",
            "nonResourceURLs",
            "omitStages",
            "omitManagedFields");

    private static final List<String> LEVELS =
            Arrays.stream(Level.values()).map(Level::word).toList();
    private static final String STAGES =
            Arrays.stream(Stage.values()).map(Stage::word).collect(Collectors.joining(","));

    private PolicyRules() {}

    static Rule rule(Fields rule) {
        rule.only(FIELDS);
        Level level = level(rule);
        List<String> paths = paths(rule);
        List<GroupResources> resources = resources(rule);
        Set<Stage> stages = stages(rule);
        var namespaces = new HashSet<>(rule.texts("namespaces"));
        if (!paths.isEmpty() && (!resources.isEmpty() || !namespaces.isEmpty())) {
            rule.causes()
                    .add(FieldErrors.invalid(
                            rule.path().child("nonResourceURLs"),
                            paths,
                            "rules cannot apply to both regular resources and non-resource URLs"));
        }
        return new Rule(
                level,
                new Rule.Who(new HashSet<>(rule.texts("users")), new HashSet<>(rule.texts("userGroups"))),
                new Rule.What(new HashSet<>(rule.texts("verbs")), resources, namespaces, paths),
                stages,
                rule.flag("omitManagedFields"));
    }

    private static Level level(Fields rule) {
        String word = rule.text("level");
        var path = rule.path().child("level");
        if (word.isEmpty()) {
            rule.causes().add(FieldErrors.required(path, ""));
            return Level.NONE;
        }
        return Level.of(word).orElseGet(() -> {
            rule.causes().add(FieldErrors.notSupported(path, word, LEVELS));
            return Level.NONE;
        });
    }

    private static List<String> paths(Fields rule) {
        List<String> paths = rule.texts("nonResourceURLs");
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            var where = rule.path().child("nonResourceURLs").index(i);
            if (path.equals("*")) {
                continue;
            }
            if (!path.startsWith("/")) {
                rule.causes()
                        .add(FieldErrors.invalid(
                                where, path, "non-resource URL rules must begin with a '/' character"));
            }
            if (path.indexOf('*') >= 0 && path.indexOf('*') < path.length() - 1) {
                rule.causes()
                        .add(FieldErrors.invalid(
                                where, path, "non-resource URL wildcards '*' must be the final character of the rule"));
            }
        }
        return paths;
    }

    private static List<GroupResources> resources(Fields rule) {
        var all = new ArrayList<GroupResources>();
        for (Fields one : rule.objects("resources")) {
            one.only(Set.of("group", "resources", "resourceNames"));
            String group = one.text("group");
            if (!group.isEmpty() && !group.equals("*")) {
                List<String> wrong = Names.dnsSubdomainProblems(group, false);
                if (!wrong.isEmpty()) {
                    rule.causes().add(FieldErrors.invalid(one.path().child("group"), group, String.join(",", wrong)));
                }
            }
            List<String> resources = one.texts("resources");
            List<String> names = one.texts("resourceNames");
            if (!names.isEmpty() && resources.isEmpty()) {
                rule.causes()
                        .add(FieldErrors.invalid(
                                one.path().child("resourceNames"),
                                names,
                                "using resourceNames requires at least one resource"));
            }
            all.add(new GroupResources(group, new HashSet<>(resources), new HashSet<>(names)));
        }
        return all;
    }

    static Set<Stage> stages(Fields fields) {
        var stages = EnumSet.noneOf(Stage.class);
        List<String> words = fields.texts("omitStages");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            var found = Stage.of(word);
            if (found.isEmpty()) {
                fields.causes()
                        .add(FieldErrors.invalid(
                                fields.path().child("omitStages").index(i), word, "allowed stages are " + STAGES));
            }
            found.ifPresent(stages::add);
        }
        return stages;
    }
}
