package dev.muster.server.wiring;

import dev.muster.apiserver.admission.ServiceAccountAdmission;
import dev.muster.apiserver.controllers.AccountControllers;
import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.authn.serviceaccount.LegacyTokens;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * What runs with service accounts. Authenticators come before the API and controllers after it: what the former see of tokens in
 * use, the latter hear of once they are there.
 */
final class AccountStart implements LegacyTokens.Use {

    private volatile AccountControllers controllers;

    @Override
    public void used(String namespace, String secret) {
        var running = controllers;
        if (running != null) {
            running.used(namespace, secret);
        }
    }

    /** From now on every new pod runs as an account. */
    static void admit(Api api, SecureRandom random) {
        var accounts = api.kinds().byResource("", "v1", "serviceaccounts").orElseThrow();
        var access = api.stored().access();
        api.stored()
                .admitBy(new ServiceAccountAdmission(
                        (namespace, name) -> access.get(accounts, namespace, name), random));
    }

    /** @param caPem by what pods know this server */
    List<Loop> begin(
            Api api, Storage storage, ServiceAccounts accounts, String caPem, InstantSource clock, Closing closing) {
        var settings = new AccountControllers.Settings(
                accounts.issuer(), caPem, accounts.automaticSecrets(), accounts.cleanUpPeriod());
        accounts.rotate(storage, closing);
        var started = closing.add(
                "account controllers",
                AccountControllers.start(api.stored().access(), api.kinds(), storage.cache(), clock, settings));
        controllers = started;
        return started.loops();
    }
}
