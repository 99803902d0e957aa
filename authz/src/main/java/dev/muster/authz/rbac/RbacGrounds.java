package dev.muster.authz.rbac;

import dev.muster.api.meta.GoText;

/**
 * Why something is allowed.
 *
 * @param binding the first binding, cluster-wide ones before the namespace's, by name, that allows it
 * @param subject the binding's first subject that is the caller
 * @param ruleIndex the role's first rule that allows it, from 0
 * @param rule that rule
 */
public record RbacGrounds(Binding binding, Subject subject, int ruleIndex, Rule rule) implements Explained {

    @Override
    public RbacGrounds explain() {
        return this;
    }

    @Override
    public String text() {
        String where = binding.isClusterWide()
                ? "ClusterRoleBinding " + GoText.quote(binding.name())
                : "RoleBinding " + GoText.quote(binding.name() + "/" + binding.namespace());
        return "RBAC: allowed by " + where + " of " + binding.role().kind() + " "
                + GoText.quote(binding.role().name()) + " to " + who();
    }

    private String who() {
        if (!subject.kind().equals(Subject.SERVICE_ACCOUNT)) {
            return subject.kind() + " " + GoText.quote(subject.name());
        }
        String namespace = subject.namespace().isEmpty() ? binding.namespace() : subject.namespace();
        return subject.kind() + " " + GoText.quote(subject.name() + "/" + namespace);
    }
}
