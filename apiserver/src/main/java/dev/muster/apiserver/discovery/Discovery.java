package dev.muster.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.discovery.Catalogue.Version;
import dev.muster.apiserver.negotiate.Accept;
import dev.muster.apiserver.negotiate.MediaType;
import dev.muster.apiserver.negotiate.Offers;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Serves {@code /api}, {@code /apis}, {@code /api/v1}, {@code /apis/GROUP} and {@code /apis/GROUP/VERSION}. Everything is built
 * once; answers are looked up and sent from the event loop.
 */
public final class Discovery {

    private static final String GROUP = "apidiscovery.k8s.io";
    private static final String KIND = "APIGroupDiscoveryList";

    private final Responder responder;
    private final Offers plain;
    private final Offers aggregated;
    private final List<PathRoute> routes = new ArrayList<>();

    private Discovery(Responder responder) {
        this.responder = responder;
        this.plain = new Offers(responder.offers().types(), Offers.Transforms.NONE);
        this.aggregated = new Offers(
                plain.types(),
                (type, to) -> type == MediaType.JSON
                        && to.group().equals(GROUP)
                        && to.kind().equals(KIND)
                        && (to.version().equals("v2") || to.version().equals("v2beta1")));
    }

    /**
     * Discovery of what is served.
     *
     * @param serverAddress {@code host:port} under which clients reach this server
     */
    public static Discovery of(Resources resources, Responder responder, String serverAddress) {
        var catalogue = Catalogue.of(resources);
        var discovery = new Discovery(responder);
        discovery.root("/api", PlainTrees.versions(catalogue.core(), serverAddress), coreOf(catalogue));
        catalogue.core().forEach(v -> discovery.document("/api/" + v.version(), PlainTrees.resources(v)));
        discovery.root("/apis", PlainTrees.groups(catalogue.named()), catalogue.named());
        for (List<Version> versions : catalogue.named()) {
            var path = "/apis/" + versions.getFirst().group();
            discovery.document(path, PlainTrees.group(versions));
            versions.forEach(v -> discovery.document(path + "/" + v.version(), PlainTrees.resources(v)));
        }
        return discovery;
    }

    private static Collection<List<Version>> coreOf(Catalogue catalogue) {
        return catalogue.core().isEmpty() ? List.of() : List.of(catalogue.core());
    }

    /** To be mounted beside the other paths. */
    public List<PathRoute> routes() {
        return List.copyOf(routes);
    }

    private void document(String path, ObjectNode tree) {
        routes.add(PathRoute.reading(path, plain(tree)));
    }

    private ApiHandler plain(ObjectNode tree) {
        var object = ApiObject.of(tree);
        object.json();
        return call -> responder.object(call.exchange(), 200, object, Accept.negotiate(call.exchange(), plain));
    }

    private void root(String path, ObjectNode tree, Collection<List<Version>> groups) {
        var object = ApiObject.of(tree);
        var v2 = new Aggregated(AggregatedTrees.list("v2", groups));
        var v2beta1 = new Aggregated(AggregatedTrees.list("v2beta1", groups));
        routes.add(PathRoute.reading(path, call -> {
            var accepted = Accept.negotiate(call.exchange(), aggregated);
            if (accepted.conversion().isEmpty()) {
                responder.object(call.exchange(), 200, object, accepted);
            } else if (accepted.conversion().get().version().equals("v2")) {
                v2.answer(call.exchange(), accepted);
            } else {
                v2beta1.answer(call.exchange(), accepted);
            }
        }));
    }
}
