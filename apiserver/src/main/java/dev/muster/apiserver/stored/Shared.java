package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What all stored resources share. */
record Shared(Backend backend, SystemFields system, List<Admission> admission, List<WriteGuard> guards, Turns turns) {

    Shared {
        admission = new CopyOnWriteArrayList<>(admission);
        guards = List.copyOf(guards);
    }

    /** Who waits for whom. */
    record Turns(StripedLocks keys, NamespaceGate namespaces) {
        Turns() {
            this(new StripedLocks(), new NamespaceGate());
        }
    }

    /** Only on create: nobody here changes what is updated. */
    void mutate(Admission.Attempt attempt, ObjectNode object) {
        admission.forEach(step -> step.mutate(attempt, object));
    }

    void admit(Admission.Attempt attempt) {
        admission.forEach(step -> step.admit(attempt));
    }
}
