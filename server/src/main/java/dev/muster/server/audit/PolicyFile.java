package dev.muster.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Yaml;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status.Cause;
import dev.muster.core.audit.Policy;
import dev.muster.core.audit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a Policy of {@code audit.k8s.io/v1}. Strict: where kube-apiserver passes over unknown fields with a warning, they are
 * errors here, since a misspelt rule records too little. All errors are told at once, by their path.
 *
 * @param policy empty when there are problems
 */
public record PolicyFile(Optional<Policy> policy, List<String> problems) {

    private static final long LONGEST = 4L * 1024 * 1024;

    public static PolicyFile read(Path file) {
        byte[] text;
        try {
            if (Files.size(file) > LONGEST) {
                return bad(file + " is longer than " + LONGEST + " bytes");
            }
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            return bad("failed to read file path " + GoText.quote(file.toString()) + ": no such file or not readable");
        }
        return parse(text);
    }

    static PolicyFile parse(byte[] text) {
        ObjectNode root;
        var problems = new ArrayList<String>();
        try {
            var parsed = Yaml.parseObject(text);
            root = parsed.value();
            parsed.problems().forEach(p -> problems.add("strict decoding error: " + p));
        } catch (MalformedBody e) {
            return bad("failed decoding: " + e.getMessage());
        }
        var said = Gvk.of(root.path("apiVersion").asText(""), root.path("kind").asText(""));
        if (!said.equals(new Gvk("audit.k8s.io", "v1", "Policy"))) {
            problems.add(
                    "unknown group version field " + root.path("apiVersion").asText("") + ", Kind=" + said.kind()
                            + " in policy: it must be audit.k8s.io/v1, Kind=Policy");
        }
        var causes = new ArrayList<Cause>();
        var fields = new Fields(root, FieldPath.ROOT, causes);
        fields.only(Set.of("apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields"));
        var omitStages = PolicyRules.stages(fields);
        boolean omitManagedFields = fields.flag("omitManagedFields").orElse(false);
        var rules = new ArrayList<Rule>();
        for (Fields rule : fields.objects("rules")) {
            rules.add(PolicyRules.rule(rule));
        }
        causes.forEach(cause -> problems.add(said(cause)));
        if (rules.isEmpty() && !hasRules(root)) {
            problems.add("loaded illegal policy with 0 rules");
        }
        return problems.isEmpty()
                ? new PolicyFile(Optional.of(new Policy(rules, omitStages, omitManagedFields)), List.of())
                : new PolicyFile(Optional.empty(), problems);
    }

    private static boolean hasRules(JsonNode root) {
        return !root.path("rules").isEmpty() || root.path("rules").isValueNode();
    }

    private static String said(Cause cause) {
        return FieldErrors.join(List.of(cause));
    }

    private static PolicyFile bad(String problem) {
        return new PolicyFile(Optional.empty(), List.of(problem));
    }
}
