package dev.muster.apiserver.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All paths served that are no API objects. Immutable. */
public final class PathRoutes {

    private final Map<String, PathRoute> exact = new HashMap<>();
    private final List<PathRoute> below = new ArrayList<>();
    private final List<String> listed;

    public PathRoutes(List<PathRoute> routes) {
        var names = new TreeSet<String>();
        for (PathRoute route : routes) {
            switch (route.match()) {
                case EXACT -> add(route.path(), route);
                case SLASH_OR_NOT -> {
                    add(route.path(), route);
                    add(route.path() + "/", route);
                }
                case BELOW -> below.add(route);
            }
            if (route.listed()) {
                names.add(route.path());
            }
        }
        below.sort(Comparator.comparingInt((PathRoute r) -> r.path().length()).reversed());
        listed = List.copyOf(names);
    }

    private void add(String path, PathRoute route) {
        if (exact.put(path, route) != null) {
            throw new IllegalArgumentException("two routes for " + path);
        }
    }

    /** The exact route, otherwise the longest prefix. */
    public Optional<PathRoute> find(String path) {
        var route = exact.get(path);
        if (route == null) {
            for (PathRoute prefix : below) {
                if (path.startsWith(prefix.path())) {
                    route = prefix;
                    break;
                }
            }
        }
        return Optional.ofNullable(route);
    }

    /** In alphabetical order. */
    public List<String> listed() {
        return listed;
    }
}
