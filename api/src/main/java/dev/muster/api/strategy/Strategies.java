package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.core.ConfigMapStrategy;
import dev.muster.api.strategy.core.EventStrategy;
import dev.muster.api.strategy.core.NamespaceStrategy;
import dev.muster.api.strategy.core.NodeStrategy;
import dev.muster.api.strategy.core.SecretStrategy;
import dev.muster.api.strategy.core.ServiceAccountStrategy;
import dev.muster.api.strategy.identity.AccessTokenStrategy;
import dev.muster.api.strategy.identity.RevocationStrategy;
import dev.muster.api.strategy.pod.PodStrategy;
import dev.muster.api.strategy.rbac.BindingStrategy;
import dev.muster.api.strategy.rbac.ClusterRoleStrategy;
import dev.muster.api.strategy.rbac.RoleStrategy;
import java.util.List;
import java.util.Map;

/** Which strategy goes with which kind. */
public final class Strategies {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private static final Map<Gvk, Strategy> BY_KIND = Map.ofEntries(
            core("Namespace", new NamespaceStrategy()),
            core("ConfigMap", new ConfigMapStrategy()),
            core("Secret", new SecretStrategy()),
            core("ServiceAccount", new ServiceAccountStrategy()),
            core("Node", new NodeStrategy()),
            core("Pod", new PodStrategy()),
            core("Event", new EventStrategy()),
            rbac("Role", new RoleStrategy()),
            rbac("ClusterRole", new ClusterRoleStrategy()),
            rbac("RoleBinding", new BindingStrategy(true)),
            rbac("ClusterRoleBinding", new BindingStrategy(false)),
            own("AccessToken", new AccessTokenStrategy()),
            own("Revocation", new RevocationStrategy()));

    private static final Strategy PLAIN = new Plain();

    private Strategies() {}

    /** A kind without rules of its own gets those of metadata alone. */
    public static Strategy of(ResourceType type) {
        return BY_KIND.getOrDefault(type.gvk(), PLAIN);
    }

    private static Map.Entry<Gvk, Strategy> core(String kind, Strategy strategy) {
        return Map.entry(new Gvk("", "v1", kind), strategy);
    }

    private static Map.Entry<Gvk, Strategy> rbac(String kind, Strategy strategy) {
        return Map.entry(new Gvk(RBAC, "v1", kind), strategy);
    }

    private static Map.Entry<Gvk, Strategy> own(String kind, Strategy strategy) {
        return Map.entry(new Gvk(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, kind), strategy);
    }

    private static final class Plain implements Strategy {
        @Override
        public void setDefaults(ObjectNode object) {}

        @Override
        public List<Cause> validate(ApiObject object) {
            return List.of();
        }
    }
}
