package dev.muster.authn.requestheader;

import static dev.muster.testkit.authn.AuthenticatorConformance.settled;

import dev.muster.authn.request.RequestAuthentication;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Chain;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** An authority of proxies, one of users, one of strangers, and the chain over them as a server has it. */
final class FrontProxyWorld {

    static final TestCa PROXIES = TestCa.root("front-proxy-ca");
    static final TestCa USERS = TestCa.root("user-ca");
    static final TestCa STRANGERS = TestCa.root("stranger-ca");

    static final CertifiedKey PROXY = PROXIES.client("front-proxy");
    static final CertifiedKey OTHER_PROXY = PROXIES.client("somebody-elses-proxy");
    static final CertifiedKey JOHN = USERS.client("john", "users");
    static final CertifiedKey STRANGER = STRANGERS.client("front-proxy");

    static final RequestHeaders HEADERS = new RequestHeaders(
            List.of("X-Remote-User", " X-Forwarded-User "),
            List.of("X-Remote-Uid"),
            List.of("X-Remote-Group", "X-Other-Group"),
            List.of("X-Remote-Extra-", "X-More-"));

    final ManualClock clock = new ManualClock();
    final AtomicReference<TrustBundle> proxies = new AtomicReference<>(PROXIES.bundle());
    final AtomicReference<TrustBundle> users = new AtomicReference<>(USERS.bundle());
    private final ClientChainVerifier verifier = new ClientChainVerifier(clock, new SignatureCheck(Signatures.jdk()));

    RequestHeaderAuthenticator alone(String... allowed) {
        return new RequestHeaderAuthenticator(
                new ProxyCertificates(proxies::get, Set.of(allowed), verifier, clock), HEADERS);
    }

    /** With certificates of users, a token and anonymous behind it. */
    Authenticator chain(String... allowed) {
        var alone = alone(allowed);
        var certificates = Chain.of(List.of(
                Named.of("front proxy", "nothing", alone),
                Named.of(
                        "client certificate",
                        "nothing",
                        alone.before(new X509Authenticator(users::get, verifier, clock)))));
        return RequestAuthentication.of(new RequestAuthentication.Parts(
                        Optional.of(certificates),
                        List.of((token, _) ->
                                token.reveal().equals("janes") ? Outcome.accepted(User.of("jane")) : Outcome.NOT_MINE),
                        List.of(),
                        Audiences.UNSPECIFIED,
                        new AnonymousAccess.Everywhere()))
                .requests();
    }

    /** {@code name [groups] uid {extra}}, or the kind of answer and its reason. */
    static String said(Authenticator authenticator, Presented presented) {
        return switch (settled(authenticator.authenticate(presented))) {
            case Outcome.Accepted accepted -> {
                var user = accepted.user();
                yield user.name() + " " + user.groups()
                        + (user.uid().isEmpty() ? "" : " " + user.uid())
                        + (user.extra().isEmpty() || user.extra().containsKey(User.CREDENTIAL_ID)
                                ? ""
                                : " " + user.extra());
            }
            case Outcome.Refused refused -> "refused " + refused.reason();
            case Outcome.NotMine _ -> "not mine";
            case Outcome other -> other.getClass().getSimpleName();
        };
    }

    static Presented from(CertifiedKey who) {
        return Presented.certificate(who.certificate());
    }
}
