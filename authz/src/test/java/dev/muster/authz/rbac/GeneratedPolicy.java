package dev.muster.authz.rbac;

import dev.muster.core.access.Attributes;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Policies and requests by chance, from so small a vocabulary that they meet: wildcards, near misses, empty texts, missing
 * roles and kinds that do not exist are all in it.
 */
public final class GeneratedPolicy {

    private static final List<String> NAMESPACES = List.of("a", "b", "kube-system");
    private static final List<String> NAMES = List.of("r1", "r2", "r3", "r4", "x:y", "admin");
    private static final List<String> VERBS = List.of("get", "list", "create", "*", "GET", "frob", "", "bind", "ge");
    private static final List<String> GROUPS = List.of("", "apps", "*", "apps.x");
    private static final List<String> RESOURCES = List.of(
            "pods",
            "pods/log",
            "*",
            "*/log",
            "*/scale",
            "pods/*",
            "deployments",
            "deployments/scale",
            "nodes",
            "/log",
            "*/",
            "");
    private static final List<String> OBJECT_NAMES = List.of("o1", "o2", "", "*");
    private static final List<String> PATTERNS =
            List.of("*", "/healthz", "/healthz*", "/healthz/*", "/api/*", "/a*b", "/**", "", "/healthz**", "/api");
    private static final List<String> PATHS = List.of(
            "/healthz",
            "/healthzz",
            "/healthz/log",
            "/healthz/",
            "/api",
            "/api/",
            "/a*b",
            "/acb",
            "/",
            "",
            "/*",
            "/healthz*");
    private static final List<String> PEOPLE = List.of("ann", "bob", "system:serviceaccount:a:sa", "g1", "");
    private static final List<String> TEAMS = List.of("g1", "g2", "g3", "ann", "system:serviceaccounts", "G1");
    private static final List<String> ACCOUNTS = List.of("sa", "a:sa", "sb");

    private final Random random;

    public GeneratedPolicy(long seed) {
        this.random = new Random(seed);
    }

    public int upTo(int bound) {
        return random.nextInt(bound);
    }

    public Role role() {
        String namespace = random.nextBoolean() ? "" : any(NAMESPACES);
        return new Role(namespace, any(NAMES), times(random.nextInt(5), this::rule));
    }

    public Rule rule() {
        var verbs = some(VERBS);
        if (random.nextInt(4) == 0) {
            return Rule.ofPaths(verbs, some(PATTERNS));
        }
        var names = random.nextInt(3) == 0 ? some(OBJECT_NAMES) : List.<String>of();
        return new Rule(
                verbs, some(GROUPS), some(RESOURCES), names, random.nextInt(20) == 0 ? some(PATTERNS) : List.of());
    }

    public Binding binding() {
        String namespace = random.nextInt(3) == 0 ? "" : any(NAMESPACES);
        String kind = switch (random.nextInt(12)) {
            case 0 -> "Rolle";
            case 1, 2, 3, 4 -> RoleRef.ROLE;
            default -> RoleRef.CLUSTER_ROLE;
        };
        var subjects = times(random.nextInt(4), this::subject);
        return new Binding(namespace, "b" + random.nextInt(30), subjects, new RoleRef(kind, any(NAMES)));
    }

    public Subject subject() {
        return switch (random.nextInt(7)) {
            case 0 -> Subject.user(any(PEOPLE));
            case 1 -> Subject.user("p" + random.nextInt(100));
            // One group is in many bindings: what is kept for it takes another form.
            case 2, 3, 4 -> Subject.group(random.nextBoolean() ? "g1" : any(TEAMS));
            case 5 -> Subject.serviceAccount(random.nextInt(3) == 0 ? "" : any(NAMESPACES), any(ACCOUNTS));
            default -> new Subject(random.nextBoolean() ? "user" : "Team", any(TEAMS), "");
        };
    }

    public User user() {
        var groups = new ArrayList<>(times(random.nextInt(4), () -> any(TEAMS)));
        return new User(any(PEOPLE), "", groups, Map.of());
    }

    public String namespace() {
        return random.nextInt(3) == 0 ? "" : any(NAMESPACES);
    }

    public Attributes request() {
        return request(user());
    }

    public Attributes request(User user) {
        if (random.nextInt(4) == 0) {
            return new Attributes.PathAttributes(user, any(VERBS), any(PATHS));
        }
        String[] resource = any(RESOURCES).split("/", 2);
        String name = random.nextBoolean() ? "" : any(OBJECT_NAMES);
        return Attributes.ResourceAttributes.of(
                user, any(VERBS), namespace(), any(GROUPS), resource[0], resource.length > 1 ? resource[1] : "", name);
    }

    public <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<String> some(List<String> all) {
        return times(1 + random.nextInt(2), () -> any(all));
    }

    public <T> List<T> times(int count, java.util.function.Supplier<T> make) {
        var made = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            made.add(make.get());
        }
        return made;
    }
}
