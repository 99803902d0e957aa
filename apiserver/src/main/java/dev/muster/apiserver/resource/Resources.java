package dev.muster.apiserver.resource;

import java.util.List;

/** All resources served, sub-resources included, in the order discovery shows them. */
public record Resources(List<Resource> all) {
    public Resources {
        all = List.copyOf(all);
    }
}
