package dev.muster.server.wiring;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.serviceaccount.IssuerDocuments;
import dev.muster.apiserver.serviceaccount.TokenPolicy;
import dev.muster.authn.serviceaccount.AccountObjects;
import dev.muster.authn.serviceaccount.BoundTokens;
import dev.muster.authn.serviceaccount.LegacyTokens;
import dev.muster.authn.serviceaccount.TokenIssuer;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.store.Cache;
import dev.muster.server.config.ServiceAccountOptions;
import dev.muster.server.datadir.DataDir;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys and issuer of service account tokens, and who judges them. */
final class ServiceAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceAccounts.class);

    private final ServiceAccountOptions options;
    private final AccountKeys keys;
    private final TokenIssuer issuer;
    private final Audiences own;
    private final InstantSource clock;

    private ServiceAccounts(
            ServiceAccountOptions options, AccountKeys keys, TokenIssuer issuer, Audiences own, InstantSource clock) {
        this.options = options;
        this.keys = keys;
        this.issuer = issuer;
        this.own = own;
        this.clock = clock;
    }

    /** @param own the API server's audiences */
    static ServiceAccounts open(
            ServiceAccountOptions options, Audiences own, DataDir dir, InstantSource clock, SecureRandom random)
            throws ConfigurationException, IOException {
        var keys = AccountKeys.open(options, dir, clock, random);
        var issuer = new TokenIssuer(keys.signing(), options.issuers().getFirst(), clock, random);
        return new ServiceAccounts(options, keys, issuer, own, clock);
    }

    /** In Kubernetes' order: tokens in secrets, then bound ones. */
    List<TokenAuthenticator> authenticators(Cache<ApiObject> cache, LegacyTokens.Use use) {
        var objects = new AccountObjects(cache);
        var legacy =
                new LegacyTokens(keys::believed, own, options.lookup() ? Optional.of(objects) : Optional.empty(), use);
        var bound = new BoundTokens(keys::believed, new HashSet<>(options.issuers()), own, objects, clock);
        return List.of(
                Named.ofTokens("service account secrets", "the token is none of theirs", legacy),
                Named.ofTokens("service account tokens", "the token does not name this issuer", bound));
    }

    TokenIssuer issuer() {
        return issuer;
    }

    TokenPolicy policy() {
        return new TokenPolicy(own, options.longest(), options.extend());
    }

    Duration cleanUpPeriod() {
        return options.cleanUpPeriod();
    }

    boolean automaticSecrets() {
        return options.automaticSecrets();
    }

    /**
     * What an OpenID Connect library reads, if the issuer is a URL that one can begin with.
     *
     * @param address host and port at which others reach this server
     */
    List<PathRoute> documents(String address) {
        String name = options.issuers().getFirst();
        if (!options.isDiscoverable()) {
            LOG.warn(
                    "no discovery document is served: the issuer {} is not an https URL without query and fragment",
                    name);
            return List.of();
        }
        String at = options.keysAt().orElse("https://" + address + IssuerDocuments.KEYS);
        return IssuerDocuments.routes(name, at, keys::published);
    }

    /** Has keys of our own making changed when it is time. */
    void rotate(Storage storage, Closing closing) {
        keys.rotate(storage, options.ownKeys().period(), closing);
    }
}
