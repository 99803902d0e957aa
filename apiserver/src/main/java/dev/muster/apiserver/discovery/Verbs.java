package dev.muster.apiserver.discovery;

import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Watchable;
import java.util.SortedSet;
import java.util.TreeSet;

/** The one place where capabilities become verbs. */
public final class Verbs {

    private Verbs() {}

    /** In alphabetical order, as discovery shows them. */
    public static SortedSet<String> of(Resource resource) {
        var verbs = new TreeSet<String>();
        if (resource instanceof Creator) {
            verbs.add("create");
        }
        if (resource instanceof Deleter) {
            verbs.add("delete");
        }
        if (resource instanceof CollectionDeleter) {
            verbs.add("deletecollection");
        }
        if (resource instanceof Getter) {
            verbs.add("get");
        }
        if (resource instanceof Lister) {
            verbs.add("list");
        }
        if (resource instanceof Patcher) {
            verbs.add("patch");
        }
        if (resource instanceof Updater) {
            verbs.add("update");
        }
        if (resource instanceof Watchable) {
            verbs.add("watch");
        }
        return verbs;
    }
}
