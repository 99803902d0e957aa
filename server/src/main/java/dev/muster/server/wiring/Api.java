package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.admission.AdmissionPlugins;
import dev.muster.apiserver.clientcertificate.ClientCertificateResource;
import dev.muster.apiserver.controllers.Controllers;
import dev.muster.apiserver.pipeline.Refusals;
import dev.muster.apiserver.refusal.RefusalResource;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.review.Reviews;
import dev.muster.apiserver.serviceaccount.TokenPolicy;
import dev.muster.apiserver.serviceaccount.TokenRequests;
import dev.muster.apiserver.stored.ApiResources;
import dev.muster.authn.revocable.OwnRevocations;
import dev.muster.authz.escalation.EscalationGuard;
import dev.muster.core.certificate.CertificateLedger;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.server.config.ApiserverOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the API serves.
 *
 * @param stored everything that is kept
 * @param resources that, the reviews and the refusals, as far as they are switched on
 */
record Api(Kinds kinds, ApiResources stored, Resources resources) {

    static Api of(
            Storage storage,
            Permissions permissions,
            TokenAuthenticator tokens,
            Audiences audiences,
            ApiserverOptions options,
            Told told) {
        var chance = told.chance();
        Kinds kinds = storage.kinds();
        var guard = new EscalationGuard(permissions.authorizer(), permissions.rbac(), storage.cache());
        var plugins = new AdmissionPlugins(options.authorization().admissionPlugins(), permissions.authorizer());
        var gates = new ApiResources.Gates(List.of(guard, new OwnRevocations()), plugins);
        var stored =
                ApiResources.stored(kinds, storage.store(), storage.cache(), chance.clock(), chance.random(), gates);
        var reviews = Reviews.all(
                kinds,
                tokens,
                told.refusals()::reviewed,
                audiences,
                permissions.authorizer(),
                permissions.rules(),
                chance.clock());
        List<Resource> own = List.of(
                new RefusalResource(kinds, told.refusals()),
                new ClientCertificateResource(kinds, told.certificates(), chance.clock()));
        List<Resource> served = Stream.of(stored.resources(), reviews, own)
                .flatMap(List::stream)
                .map(resource -> AccessTokenStart.resource(
                        resource, permissions.authorizer(), options.authentication(), chance.clock(), chance.random()))
                .filter(resource -> {
                    var gvk = resource.type().gvk();
                    return options.runtimeConfig().serves(gvk.group(), gvk.version());
                })
                .toList();
        return new Api(kinds, stored, new Resources(served));
    }

    /** This, and tokens of service accounts for those who may ask for them. */
    Api withTokens(AccountTokenIssuer issuer, TokenPolicy policy) {
        var tokens = new TokenRequests(kinds, stored.access(), issuer, policy, stored::admit);
        return new Api(
                kinds,
                stored,
                new Resources(Stream.concat(resources.all().stream(), Stream.of(tokens))
                        .toList()));
    }

    /** Starts what keeps namespaces, events and signing requests in order. */
    Controllers control(Storage storage, Controllers.Certification certification) {
        var controllers = Controllers.start(stored, kinds, storage.cache(), certification.clock());
        controllers.certificates(stored, kinds, storage.cache(), certification);
        return controllers;
    }

    /** Time and chance, which always go together. */
    record Chance(InstantSource clock, SecureRandom random) {}

    /** What is there before: the refusals that the front keeps, the certificates that were seen, time and chance. */
    record Told(Refusals refusals, CertificateLedger certificates, Chance chance) {}
}
