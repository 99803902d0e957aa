package dev.muster.apiserver.discovery;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Watchable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Resources of every kind that can do nothing but say what they could. */
public final class EveryResource {

    private static final Class<?>[] STORED = {
        Getter.class,
        Watchable.class,
        Creator.class,
        Updater.class,
        Patcher.class,
        Deleter.class,
        CollectionDeleter.class
    };
    private static final Class<?>[] SHOWN = {Getter.class, Lister.class};
    private static final Class<?>[] ASKED = {Creator.class};
    private static final Class<?>[] STATUS = {Getter.class, Updater.class, Patcher.class};

    private EveryResource() {}

    public static Resources of(Kinds kinds) {
        var all = new ArrayList<Resource>();
        for (ResourceType type : kinds.all()) {
            all.add(resource(type, "", type.stored() ? STORED : type.listSchema() != null ? SHOWN : ASKED));
            if (List.of("namespaces", "nodes", "pods").contains(type.plural())) {
                all.add(resource(type, "status", STATUS));
            }
        }
        return new Resources(all);
    }

    static Resource resource(ResourceType type, String subresource, Class<?>... capabilities) {
        return (Resource) Proxy.newProxyInstance(
                Resource.class.getClassLoader(), capabilities, (_, method, _) -> switch (method.getName()) {
                    case "type", "kind" -> type;
                    case "subresource" -> subresource;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
