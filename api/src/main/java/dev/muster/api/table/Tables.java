package dev.muster.api.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The table form (meta.k8s.io Table) that kubectl prints, as Kubernetes' printers make it. */
public final class Tables {

    private static final String GROUP = "meta.k8s.io/";
    private static final String RBAC = "rbac.authorization.k8s.io";

    /** Tells a watcher that all there was has been said; it must arrive whatever was asked for. */
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private static final Map<Gvk, RowCells> CELLS = Map.ofEntries(
            Map.entry(new Gvk("", "v1", "Namespace"), CoreCells::namespace),
            Map.entry(new Gvk("", "v1", "ConfigMap"), CoreCells::configMap),
            Map.entry(new Gvk("", "v1", "Secret"), CoreCells::secret),
            Map.entry(new Gvk("", "v1", "ServiceAccount"), CoreCells::serviceAccount),
            Map.entry(new Gvk("", "v1", "Node"), CoreCells::node),
            Map.entry(new Gvk("", "v1", "Pod"), PodCells::pod),
            Map.entry(new Gvk("", "v1", "Event"), EventCells::event),
            Map.entry(new Gvk(RBAC, "v1", "RoleBinding"), RbacCells::binding),
            Map.entry(new Gvk(RBAC, "v1", "ClusterRoleBinding"), RbacCells::binding),
            Map.entry(new Gvk("certificates.k8s.io", "v1", "CertificateSigningRequest"), CertificateCells::request),
            Map.entry(new Gvk(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "Revocation"), RevocationCells::revocation),
            Map.entry(
                    new Gvk(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "ClientCertificate"),
                    ClientCertificateCells::certificate));

    /** What comes along in each row. */
    public enum Include {
        NONE,
        METADATA,
        OBJECT
    }

    private final InstantSource clock;

    public Tables(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A table of these objects, without list metadata; add it to {@code metadata}. The objects' trees are part of it: it is
     * to be written out, not changed.
     *
     * @param version v1 or v1beta1
     * @param headers whether to include columnDefinitions; a watch sends them with its first event only
     */
    public ObjectNode table(
            ResourceType type, List<ApiObject> objects, Include include, String version, boolean headers) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", GROUP + version);
        table.putObject("metadata");
        ArrayNode columns = table.putArray("columnDefinitions");
        if (headers) {
            type.columns()
                    .forEach(column -> columns.addObject()
                            .put("name", column.name())
                            .put("type", column.type())
                            .put("format", column.format())
                            .put("description", column.description())
                            .put("priority", column.priority()));
        }
        ArrayNode rows = table.putArray("rows");
        var cells = cells(type);
        var ages = new Ages(clock.instant());
        for (ApiObject object : objects) {
            row(rows.addObject(), object, cells.of(object, ages), include, version);
        }
        return table;
    }

    private static RowCells cells(ResourceType type) {
        boolean byPath =
                !type.columns().isEmpty() && !type.columns().getFirst().path().isEmpty();
        return byPath ? new PathCells(type.columns()) : CELLS.getOrDefault(type.gvk(), RbacCells::plain);
    }

    private static void row(ObjectNode row, ApiObject object, List<Object> cells, Include include, String version) {
        ArrayNode array = row.putArray("cells");
        for (Object cell : cells) {
            switch (cell) {
                case Integer number -> array.add(number.intValue());
                case Long number -> array.add(number.longValue());
                default -> array.add(CellText.clean(cell.toString()));
            }
        }
        conditions(row, object);
        if (include == Include.OBJECT) {
            row.set("object", object.tree());
        } else if (include == Include.METADATA
                || object.metadata().path("annotations").has(INITIAL_EVENTS_END)) {
            ObjectNode partial = row.putObject("object");
            partial.put("kind", "PartialObjectMetadata").put("apiVersion", GROUP + version);
            partial.set("metadata", object.metadata().isObject() ? object.metadata() : partial.objectNode());
        } else {
            row.putNull("object");
        }
    }

    /** Rows of pods that are done say so. */
    private static void conditions(ObjectNode row, ApiObject object) {
        String phase = object.kind().equals("Pod")
                ? object.tree().path("status").path("phase").asText("")
                : "";
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            row.putArray("conditions")
                    .addObject()
                    .put("type", "Completed")
                    .put("status", "True")
                    .put("reason", phase)
                    .put("message", phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.");
        }
    }
}
