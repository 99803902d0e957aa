package dev.muster.authz.bootstrap;

import dev.muster.authz.rbac.RbacKeys.Place;
import java.util.LinkedHashMap;
import java.util.List;

/** What reconciliation did, place by place. */
public record ReconcileReport(List<Entry> entries) {

    public ReconcileReport {
        entries = List.copyOf(entries);
    }

    /** What was done to one object. */
    public enum Operation {
        NONE,
        CREATED,
        UPDATED,
        RECREATED,
        DELETED,
        /** Something is missing, and the annotation {@code autoupdate: "false"} keeps it so. */
        PROTECTED,
        FAILED
    }

    /**
     * One object.
     *
     * @param why of a failure; otherwise empty
     */
    public record Entry(Place place, Operation operation, String why) {}

    public List<Entry> failed() {
        return with(Operation.FAILED);
    }

    public List<Entry> with(Operation operation) {
        return entries.stream().filter(entry -> entry.operation() == operation).toList();
    }

    /** This report with the newer entries of another in place of its own. */
    ReconcileReport updatedBy(ReconcileReport later) {
        var all = new LinkedHashMap<Place, Entry>();
        entries.forEach(entry -> all.put(entry.place(), entry));
        later.entries.forEach(entry -> all.put(entry.place(), entry));
        return new ReconcileReport(List.copyOf(all.values()));
    }
}
