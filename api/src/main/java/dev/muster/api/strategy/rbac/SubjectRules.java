package dev.muster.api.strategy.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import java.util.List;

/** What subjects of bindings must be. */
final class SubjectRules {

    private SubjectRules() {}

    static void check(FieldPath path, JsonNode subject, boolean namespaced, List<Cause> causes) {
        String name = Members.text(subject, "name");
        String group = Members.text(subject, "apiGroup");
        if (name.isEmpty()) {
            causes.add(FieldErrors.required(path.child("name"), ""));
        }
        switch (Members.text(subject, "kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    Names.dnsSubdomainProblems(name, false)
                            .forEach(problem -> causes.add(FieldErrors.invalid(path.child("name"), name, problem)));
                }
                if (!group.isEmpty()) {
                    causes.add(FieldErrors.notSupported(path.child("apiGroup"), group, List.of("")));
                }
                if (!namespaced && Members.text(subject, "namespace").isEmpty()) {
                    causes.add(FieldErrors.required(path.child("namespace"), ""));
                }
            }
            case "User" -> person(path, name, group, "user name cannot be empty", causes);
            case "Group" -> person(path, name, group, "group name cannot be empty", causes);
            default ->
                causes.add(FieldErrors.notSupported(
                        path.child("kind"), Members.text(subject, "kind"), List.of("ServiceAccount", "User", "Group")));
        }
    }

    private static void person(FieldPath path, String name, String group, String empty, List<Cause> causes) {
        if (name.isEmpty()) {
            causes.add(FieldErrors.invalid(path.child("name"), name, empty));
        }
        if (!group.equals(BindingStrategy.GROUP)) {
            causes.add(FieldErrors.notSupported(path.child("apiGroup"), group, List.of(BindingStrategy.GROUP)));
        }
    }
}
