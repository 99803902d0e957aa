package dev.muster.apiserver.resource;

import dev.muster.api.kinds.ResourceType;

/** Something that lives under a group, version and plural. */
public interface Resource {

    ResourceType type();

    /** What its bodies are, where that is another kind: a TokenRequest below a service account. */
    default ResourceType kind() {
        return type();
    }

    /** Empty for the resource itself; {@code status}, {@code finalize}, ... for a sub-resource. */
    default String subresource() {
        return "";
    }
}
