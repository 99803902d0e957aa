package dev.muster.apiserver.admission;

import dev.muster.api.meta.ApiObject;
import java.util.Optional;

/** Objects of the core group as they are stored now, for plugins that look beyond what is written. Does not block. */
@FunctionalInterface
public interface CoreObjects {

    /** @param namespace empty for cluster scope */
    Optional<ApiObject> find(String plural, String namespace, String name);
}
