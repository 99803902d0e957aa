package dev.muster.apiserver.certificates;

import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Names;
import java.util.ArrayList;
import java.util.List;

/** Names of signers: {@code example.com/signer}. Kubernetes' own are here. */
public final class SignerNames {

    public static final String API_CLIENT = "kubernetes.io/kube-apiserver-client";
    public static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    public static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    public static final String LEGACY = "kubernetes.io/legacy-unknown";

    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_PATH = 253 + 1 + 63;
    private static final int LONGEST = LONGEST_DOMAIN + 1 + LONGEST_PATH;

    private SignerNames() {}

    /** What is wrong with a name of a new request. */
    static List<Cause> check(FieldPath path, String name) {
        if (name.equals(LEGACY)) {
            return List.of(
                    FieldErrors.invalid(path, name, "the legacy signerName is not allowed via this API version"));
        }
        if (name.isEmpty()) {
            return List.of(FieldErrors.required(path, ""));
        }
        String[] segments = name.split("/", -1);
        if (segments.length != 2) {
            return List.of(FieldErrors.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
        }
        var causes = new ArrayList<Cause>();
        domain(path, segments[0], causes);
        for (String label : segments[1].split("\\.", -1)) {
            if (problems(path, segments[1], label, Names.dnsSubdomainProblems(label, false), causes)) {
                break;
            }
        }
        tooLong(path, segments[1], LONGEST_PATH, causes);
        tooLong(path, name, LONGEST, causes);
        return causes;
    }

    private static void domain(FieldPath path, String domain, List<Cause> causes) {
        tooLong(path, domain, LONGEST_DOMAIN, causes);
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            if (problems(path, domain, label, Names.dnsLabelProblems(label, false), causes)) {
                break;
            }
        }
        if (labels.length < 2) {
            causes.add(FieldErrors.invalid(
                    path, domain, "should be a domain with at least two segments separated by dots"));
        }
    }

    private static boolean problems(
            FieldPath path, String whole, String label, List<String> problems, List<Cause> causes) {
        problems.forEach(problem -> causes.add(
                FieldErrors.invalid(path, whole, "validating label " + GoText.quote(label) + ": " + problem)));
        return !problems.isEmpty();
    }

    private static void tooLong(FieldPath path, String text, int most, List<Cause> causes) {
        if (text.length() > most) {
            causes.add(FieldErrors.tooLong(path, most));
        }
    }
}
