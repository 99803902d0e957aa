package dev.muster.apiserver.admission;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Nothing is made in a namespace that is missing or on its way out; some namespaces stay for ever.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle">
 *     NamespaceLifecycle</a>
 */
public final class NamespaceLifecycle implements Admission {

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final Function<String, Optional<ApiObject>> namespaces;

    /** @param namespaces a namespace by its name, as it is stored now */
    public NamespaceLifecycle(Function<String, Optional<ApiObject>> namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public void admit(Attempt attempt) {
        switch (attempt.operation()) {
            case DELETE -> {
                if (attempt.isCore("namespaces") && IMMORTAL.contains(attempt.name())) {
                    throw new StatusException(ForbiddenStatuses.forbidden(
                            attempt.type(), attempt.name(), "this namespace may not be deleted"));
                }
            }
            case CREATE -> {
                if (!attempt.namespace().isEmpty() && !attempt.isCore("namespaces")) {
                    requireAlive(attempt);
                }
            }
            case UPDATE -> {}
        }
    }

    private void requireAlive(Attempt attempt) {
        String name = attempt.namespace();
        var namespace = namespaces
                .apply(name)
                .orElseThrow(() -> new StatusException(Statuses.notFound("", "namespaces", name)));
        if (namespace.isBeingDeleted()
                || namespace.tree().path("status").path("phase").asText("").equals("Terminating")) {
            throw new StatusException(terminating(attempt));
        }
    }

    private static Status terminating(Attempt attempt) {
        String namespace = attempt.namespace();
        var plain = ForbiddenStatuses.forbidden(
                attempt.type(),
                nameOf(attempt),
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        var details = plain.details().orElseThrow();
        List<Status.Cause> causes = new ArrayList<>(details.causes());
        causes.add(new Status.Cause(
                "NamespaceTerminating", "namespace " + namespace + " is being terminated", "metadata.namespace"));
        return new Status(
                plain.code(),
                plain.reason(),
                plain.message(),
                Optional.of(new Status.Details(details.name(), details.group(), details.kind(), causes, 0)));
    }

    private static String nameOf(Attempt attempt) {
        if (!attempt.name().isEmpty()) {
            return attempt.name();
        }
        return attempt.object()
                .map(object -> object.metadata().path("generateName").asText(""))
                .filter(prefix -> !prefix.isEmpty())
                .orElse("Unknown");
    }
}
