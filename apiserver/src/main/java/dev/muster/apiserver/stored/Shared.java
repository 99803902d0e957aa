package dev.muster.apiserver.stored;

import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import java.util.List;

/** What all stored resources share. */
record Shared(Backend backend, SystemFields system, List<Admission> admission, List<WriteGuard> guards, Turns turns) {

    Shared {
        admission = List.copyOf(admission);
        guards = List.copyOf(guards);
    }

    /** Who waits for whom. */
    record Turns(StripedLocks keys, NamespaceGate namespaces) {
        Turns() {
            this(new StripedLocks(), new NamespaceGate());
        }
    }

    void admit(Admission.Attempt attempt) {
        admission.forEach(step -> step.admit(attempt));
    }
}
