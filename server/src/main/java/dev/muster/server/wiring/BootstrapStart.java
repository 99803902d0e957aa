package dev.muster.server.wiring;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.apiserver.controllers.BootstrapControllers;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.authn.bootstrap.BootstrapTokens;
import dev.muster.authz.bootstrap.DefaultPolicy;
import dev.muster.authz.bootstrap.Desired;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.store.Cache.Cached;
import dev.muster.server.config.ApiserverOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code --enable-bootstrap-token-auth} switches on. */
final class BootstrapStart {

    private BootstrapStart() {}

    /** Judges tokens by the Secrets as they are now. */
    static TokenAuthenticator authenticator(Storage storage, InstantSource clock) {
        var secrets = storage.kinds().byResource("", "v1", "secrets").orElseThrow();
        return new BootstrapTokens(
                name -> StorageKeys.key(secrets, BootstrapToken.NAMESPACE, name)
                        .flatMap(storage.cache()::get)
                        .map(Cached::value),
                clock);
    }

    /** The default roles and bindings, and those by which nodes join. */
    static List<Desired> policy(ApiserverOptions.Authentication options, Optional<String> superUser) {
        var joining = options.bootstrapTokens() ? DefaultPolicy.nodesJoining() : List.<Desired>of();
        return Stream.concat(DefaultPolicy.all(superUser).stream(), joining.stream())
                .toList();
    }

    /** The signer of cluster-info and the cleaner. */
    static List<Loop> begin(Api api, Storage storage, InstantSource clock, Closing closing) {
        return closing.add(
                        "bootstrap controllers",
                        BootstrapControllers.start(api.stored().access(), api.kinds(), storage.cache(), clock))
                .loops();
    }
}
