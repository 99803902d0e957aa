package dev.muster.authn.structured;

import java.util.List;

/**
 * Whether requests without credentials are let in, and where.
 *
 * @param paths exact; empty = all
 */
public record AnonymousAccess(boolean enabled, List<String> paths) {

    public AnonymousAccess {
        paths = List.copyOf(paths);
    }
}
