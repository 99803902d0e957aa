package dev.muster.apiserver.certificates;

import dev.muster.crypto.x509.CertificateRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Kubernetes' own signers sign; the messages are Kubernetes'. */
public enum SignerProfile {
    API_CLIENT(SignerNames.API_CLIENT) {
        @Override
        public Optional<String> problem(CertificateRequest request, Set<String> usages) {
            for (String usage : usages) {
                if (!usage.equals(CLIENT) && !OPTIONAL.contains(usage)) {
                    return Optional.of("invalid usage for client certificate: " + usage);
                }
            }
            return usages.contains(CLIENT)
                    ? Optional.empty()
                    : Optional.of("missing required usage for client certificate: " + CLIENT);
        }
    },
    KUBELET_CLIENT(SignerNames.KUBELET_CLIENT) {
        @Override
        public Optional<String> problem(CertificateRequest request, Set<String> usages) {
            var names = request.names();
            if (!request.organizations().equals(NODES)) {
                return NOT_NODES;
            } else if (!names.dns().isEmpty()) {
                return Optional.of("DNS subjectAltNames are not allowed");
            } else if (!names.emails().isEmpty()) {
                return Optional.of("Email subjectAltNames are not allowed");
            } else if (!names.ips().isEmpty()) {
                return Optional.of("IP subjectAltNames are not allowed");
            } else if (!names.uris().isEmpty()) {
                return Optional.of("URI subjectAltNames are not allowed");
            } else if (!request.commonName().startsWith(NODE_PREFIX)) {
                return NOT_A_NODE;
            }
            return exactly(usages, CLIENT);
        }
    },
    KUBELET_SERVING(SignerNames.KUBELET_SERVING) {
        @Override
        public Optional<String> problem(CertificateRequest request, Set<String> usages) {
            var names = request.names();
            if (!request.organizations().equals(NODES)) {
                return NOT_NODES;
            } else if (names.dns().isEmpty() && names.ips().isEmpty()) {
                return Optional.of("DNS or IP subjectAltName is required");
            } else if (!names.emails().isEmpty()) {
                return Optional.of("Email subjectAltNames are not allowed");
            } else if (!names.uris().isEmpty()) {
                return Optional.of("URI subjectAltNames are not allowed");
            }
            var wrongUsages = exactly(usages, SERVER);
            return wrongUsages.isPresent() || request.commonName().startsWith(NODE_PREFIX) ? wrongUsages : NOT_A_NODE;
        }
    },
    /** Such requests can no longer be made; those that are there are signed as they are. */
    LEGACY(SignerNames.LEGACY) {
        @Override
        public Optional<String> problem(CertificateRequest request, Set<String> usages) {
            return Optional.empty();
        }
    };

    private static final String CLIENT = "client auth";
    private static final String SERVER = "server auth";
    private static final String SIGNATURE = "digital signature";
    private static final String ENCIPHERMENT = "key encipherment";
    private static final Set<String> OPTIONAL = Set.of(SIGNATURE, ENCIPHERMENT);
    private static final List<String> NODES = List.of("system:nodes");
    private static final String NODE_PREFIX = "system:node:";
    private static final Optional<String> NOT_NODES = Optional.of("subject organization is not system:nodes");
    private static final Optional<String> NOT_A_NODE =
            Optional.of("subject common name does not begin with system:node:");

    private final String signer;

    SignerProfile(String signer) {
        this.signer = signer;
    }

    /** The profile of a signer of Kubernetes'; empty for others', who sign for themselves. */
    public static Optional<SignerProfile> of(String signerName) {
        for (SignerProfile profile : values()) {
            if (profile.signer.equals(signerName)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** Why this signer does not sign it; empty when it does. */
    public abstract Optional<String> problem(CertificateRequest request, Set<String> usages);

    /** Key encipherment may be left out: keys on curves have no use for it. */
    private static Optional<String> exactly(Set<String> usages, String purpose) {
        var required = new TreeSet<>(Set.of(SIGNATURE, ENCIPHERMENT, purpose));
        boolean fits = usages.equals(required) || usages.equals(Set.of(SIGNATURE, purpose));
        return fits ? Optional.empty() : Optional.of("usages did not match [" + String.join(" ", required) + "]");
    }
}
