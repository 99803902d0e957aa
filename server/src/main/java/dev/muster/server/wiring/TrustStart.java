package dev.muster.server.wiring;

import dev.muster.apiserver.controllers.TrustControllers;
import dev.muster.apiserver.controllers.clustertrust.ClusterTrust;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.server.config.RequestHeaderOptions;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** What aggregated API servers are told. */
final class TrustStart {

    private TrustStart() {}

    static List<Loop> begin(Api api, Storage storage, Identities identities, InstantSource clock, Closing closing) {
        return closing.add(
                        "cluster trust controller",
                        TrustControllers.start(
                                api.stored().access(), api.kinds(), storage.cache(), () -> trust(identities), clock))
                .loops();
    }

    private static ClusterTrust trust(Identities identities) {
        List<X509Certificate> clients = identities.clients().get().certificates();
        return identities
                .frontProxy()
                .map(proxy -> new ClusterTrust(
                        clients,
                        proxy.bundle().get().certificates(),
                        proxy.options().allowedNames(),
                        headers(proxy.options())))
                .orElseGet(() -> new ClusterTrust(clients, List.of(), List.of(), ClusterTrust.Headers.NONE));
    }

    private static ClusterTrust.Headers headers(RequestHeaderOptions options) {
        return new ClusterTrust.Headers(options.usernames(), options.uids(), options.groups(), options.extraPrefixes());
    }
}
