package dev.muster.apiserver.admission;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.access.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    public static final String CERTIFICATE_APPROVAL = "CertificateApproval";
    public static final String CERTIFICATE_SIGNING = "CertificateSigning";
    public static final String CERTIFICATE_SUBJECT_RESTRICTION = "CertificateSubjectRestriction";

    /** All there are, in the order in which they are asked. All are on by default. */
    public static final List<String> ALL = List.of(
            NAMESPACE_LIFECYCLE,
            SERVICE_ACCOUNT,
            CERTIFICATE_APPROVAL,
            CERTIFICATE_SIGNING,
            CERTIFICATE_SUBJECT_RESTRICTION);

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
     * @param namespaces a namespace by its name, as it is stored now
     */
    public List<Admission> chain(Function<String, Optional<ApiObject>> namespaces) {
        var chain = new ArrayList<Admission>();
        for (String name : ALL) {
            if (enabled.contains(name) && !name.equals(SERVICE_ACCOUNT)) {
                chain.add(plugin(name, namespaces));
            }
        }
        return chain;
    }

    private Admission plugin(String name, Function<String, Optional<ApiObject>> namespaces) {
        return switch (name) {
            case NAMESPACE_LIFECYCLE -> new NamespaceLifecycle(namespaces);
            case CERTIFICATE_APPROVAL -> new CertificateApproval(authorizer);
            case CERTIFICATE_SIGNING -> new CertificateSigning(authorizer);
            case CERTIFICATE_SUBJECT_RESTRICTION -> new CertificateSubjectRestriction();
            default -> throw new IllegalArgumentException("no such admission plugin: " + name);
        };
    }
}
