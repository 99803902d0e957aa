package dev.muster.api.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import java.time.InstantSource;
import java.util.List;

/** The table form (meta.k8s.io Table) that kubectl prints, as Kubernetes' printers make it. */
public final class Tables {

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
     * A table of these objects, without list metadata; add it to {@code metadata}.
     *
     * @param version v1 or v1beta1
     * @param headers whether to include columnDefinitions; a watch sends them with its first event only
     */
    public ObjectNode table(
            ResourceType type, List<ApiObject> objects, Include include, String version, boolean headers) {
        throw new UnsupportedOperationException("to be written");
    }
}
