package dev.muster.apiserver.write;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Gvk;

/** What to do about an object of a form that is no longer, or not yet, read. */
final class Hints {

    private Hints() {}

    /** A sentence to append; empty when there is nothing to say. */
    static String of(Gvk said, ResourceType wanted) {
        boolean sameKind = said.kind().equals(wanted.gvk().kind())
                && said.group().equals(wanted.gvk().group());
        return sameKind ? "; write apiVersion: " + wanted.gvk().apiVersion() : "";
    }
}
