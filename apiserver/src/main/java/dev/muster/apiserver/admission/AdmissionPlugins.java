package dev.muster.apiserver.admission;

import dev.muster.core.access.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which admission plugins are on, by the names that {@code --enable-admission-plugins} and {@code --disable-admission-plugins}
 * give them.
 *
 * @param enabled names of {@link #ALL}
 * @param authorizer the whole chain, for plugins that ask for rights
 */
public record AdmissionPlugins(Set<String> enabled, Authorizer authorizer) {

    public static final String NAMESPACE_LIFECYCLE = "NamespaceLifecycle";
    /** Looks accounts up, so whoever has them adds it: see {@link ServiceAccountAdmission}. */
    public static final String SERVICE_ACCOUNT = "ServiceAccount";

    public static final String NODE_RESTRICTION = "NodeRestriction";
    public static final String CERTIFICATE_APPROVAL = "CertificateApproval";
    public static final String CERTIFICATE_SIGNING = "CertificateSigning";
    public static final String CERTIFICATE_SUBJECT_RESTRICTION = "CertificateSubjectRestriction";

    /**
     * All there are, in the order in which they are asked. All are on by default: NodeRestriction too, which kube-apiserver has to
     * be told of, since it touches nobody but nodes and without it each could be any other.
     */
    public static final List<String> ALL = List.of(
            NAMESPACE_LIFECYCLE,
            SERVICE_ACCOUNT,
            NODE_RESTRICTION,
            CERTIFICATE_APPROVAL,
            CERTIFICATE_SIGNING,
            CERTIFICATE_SUBJECT_RESTRICTION);

    /** Plugins of Kubernetes that are not here: nothing is lost by switching them off, and they cannot be switched on. */
    public static final Set<String> ELSEWHERE = Set.of(
            "AlwaysAdmit",
            "AlwaysDeny",
            "AlwaysPullImages",
            "ClusterTrustBundleAttest",
            "DefaultIngressClass",
            "DefaultStorageClass",
            "DefaultTolerationSeconds",
            "DenyServiceExternalIPs",
            "EventRateLimit",
            "ExtendedResourceToleration",
            "ImagePolicyWebhook",
            "LimitPodHardAntiAffinityTopology",
            "LimitRanger",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionWebhook",
            "NamespaceAutoProvision",
            "NamespaceExists",
            "OwnerReferencesPermissionEnforcement",
            "PersistentVolumeClaimResize",
            "PersistentVolumeLabel",
            "PodNodeSelector",
            "PodSecurity",
            "PodTolerationRestriction",
            "PodTopologyLabels",
            "Priority",
            "ResourceQuota",
            "RuntimeClass",
            "StorageObjectInUseProtection",
            "TaintNodesByCondition",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionWebhook");

    public AdmissionPlugins {
        enabled = Set.copyOf(enabled);
    }

    /** Those that are on unless somebody says otherwise. */
    public static AdmissionPlugins byDefault(Authorizer authorizer) {
        return new AdmissionPlugins(Set.copyOf(ALL), authorizer);
    }

    /**
     * The plugins that are on, in order; without {@link #SERVICE_ACCOUNT}.
     *
     * @param objects what is stored now
     */
    public List<Admission> chain(CoreObjects objects) {
        var chain = new ArrayList<Admission>();
        for (String name : ALL) {
            if (enabled.contains(name) && !name.equals(SERVICE_ACCOUNT)) {
                chain.add(plugin(name, objects));
            }
        }
        return chain;
    }

    private Admission plugin(String name, CoreObjects objects) {
        return switch (name) {
            case NAMESPACE_LIFECYCLE -> new NamespaceLifecycle(namespace -> objects.find("namespaces", "", namespace));
            case NODE_RESTRICTION -> new NodeRestriction(objects, authorizer);
            case CERTIFICATE_APPROVAL -> new CertificateApproval(authorizer);
            case CERTIFICATE_SIGNING -> new CertificateSigning(authorizer);
            case CERTIFICATE_SUBJECT_RESTRICTION -> new CertificateSubjectRestriction();
            default -> throw new IllegalArgumentException("no such admission plugin: " + name);
        };
    }
}
