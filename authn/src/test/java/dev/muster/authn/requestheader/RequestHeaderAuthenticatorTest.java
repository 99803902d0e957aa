package dev.muster.authn.requestheader;

import static dev.muster.authn.requestheader.FrontProxyWorld.JOHN;
import static dev.muster.authn.requestheader.FrontProxyWorld.OTHER_PROXY;
import static dev.muster.authn.requestheader.FrontProxyWorld.PROXIES;
import static dev.muster.authn.requestheader.FrontProxyWorld.PROXY;
import static dev.muster.authn.requestheader.FrontProxyWorld.STRANGERS;
import static dev.muster.authn.requestheader.FrontProxyWorld.USERS;
import static dev.muster.authn.requestheader.FrontProxyWorld.from;
import static dev.muster.authn.requestheader.FrontProxyWorld.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.Subjects;
import dev.muster.testkit.certs.TestCa;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What headers say when a proxy says it. Who is no proxy: {@link HeaderAttacksTest}. */
class RequestHeaderAuthenticatorTest {

    private final FrontProxyWorld world = new FrontProxyWorld();
    private final Authenticator authenticator = world.alone();

    private static Presented proxied(String... headers) {
        var presented = from(PROXY);
        for (int i = 0; i < headers.length; i += 2) {
            presented = presented.with(headers[i], headers[i + 1]);
        }
        return presented;
    }

    /** As its bytes come over the wire. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void nameUidGroupsAndExtraComeFromTheirHeaders() {
        assertThat(said(
                        authenticator,
                        proxied(
                                "X-Remote-User", "jane",
                                "X-Remote-Uid", "u-1",
                                "X-Remote-Group", "b",
                                "X-Remote-Group", "a",
                                "X-Remote-Extra-Scopes", "read",
                                "X-Remote-Extra-Scopes", "write")))
                .isEqualTo("jane [b, a] u-1 {scopes=[read, write]}");
    }

    @Test
    void theFirstConfiguredHeaderWithAValueNamesTheUser() {
        assertThat(said(authenticator, proxied("X-Forwarded-User", "second", "X-Remote-User", "first")))
                .isEqualTo("first []");
        assertThat(said(authenticator, proxied("X-Forwarded-User", "second", "X-Remote-User", "")))
                .isEqualTo("second []");
        assertThat(said(authenticator, proxied("X-Forwarded-User", "second"))).isEqualTo("second []");
    }

    @Test
    void withoutANameNobodyIsNamedWhateverElseIsSaid() {
        assertThat(said(authenticator, proxied())).isEqualTo("not mine");
        assertThat(said(authenticator, proxied("X-Remote-User", "", "X-Remote-Group", "system:masters")))
                .isEqualTo("not mine");
        assertThat(said(authenticator, proxied("X-Remote-Uid", "0", "X-Remote-Extra-a", "b")))
                .isEqualTo("not mine");
    }

    @Test
    void everyLineOfEveryGroupHeaderIsOneGroupAndCommasSplitNothing() {
        assertThat(said(
                        authenticator,
                        proxied(
                                "X-Remote-User", "jane",
                                "X-Other-Group", "z",
                                "X-Remote-Group", "a,b",
                                "X-Remote-Group", "",
                                "X-Remote-Group", "a,b")))
                .isEqualTo("jane [a,b, a,b, z]");
    }

    record Key(String header, String key) {}

    @Test
    void keysOfExtraAreLowerCasedAndThenTheirPercentEncodingIsUndone() {
        var keys = List.of(
                new Key("X-Remote-Extra-Acme.Com%2fProject", "acme.com/project"),
                new Key("X-Remote-Extra-EXAMPLE.ORG%2FFOO", "example.org/foo"),
                new Key("X-Remote-Extra-%41dmin", "Admin"),
                new Key("X-Remote-Extra-a+b", "a+b"),
                new Key("X-Remote-Extra-%c3%A9", "é"),
                new Key("X-Remote-Extra-50%", "50%"),
                new Key("X-Remote-Extra-%4", "%4"),
                new Key("X-Remote-Extra-%zz%41", "%zz%41"),
                new Key("X-Remote-Extra-%ff", "%ff"),
                new Key("X-Remote-Extra-a%00b", "a%00b"),
                new Key("X-Remote-Extra-a%0ab", "a%0ab"),
                new Key("X-Remote-Extra-%2541", "%41"),
                new Key("X-Remote-Extra-", ""),
                new Key("X-More-tenant", "tenant"));
        assertThat(keys)
                .allSatisfy(one -> assertThat(said(authenticator, proxied("X-Remote-User", "jane", one.header(), "v")))
                        .isEqualTo("jane [] {" + one.key() + "=[v]}"));
    }

    @Test
    void spellingsOfOneKeyAreOneFieldAndPrefixesCountInTheirOrder() {
        assertThat(said(
                        authenticator,
                        proxied(
                                "X-Remote-User", "jane",
                                "X-More-a", "third",
                                "X-Remote-Extra-a", "first",
                                "X-Remote-Extra-%61", "second")))
                .isEqualTo("jane [] {a=[first, second, third]}");
    }

    @Test
    void anEmptyExtraValueIsAValue() {
        assertThat(said(authenticator, proxied("X-Remote-User", "jane", "X-Remote-Extra-a", "")))
                .isEqualTo("jane [] {a=[]}")
                .satisfies(_ -> assertThat(
                                authenticator.authenticate(proxied("X-Remote-User", "jane", "X-Remote-Extra-a", "")))
                        .extracting("user.extra")
                        .isEqualTo(java.util.Map.of("a", List.of(""))));
    }

    @Test
    void bytesBeyondAsciiAreUtf8() {
        assertThat(said(authenticator, proxied("X-Remote-User", bytes("Zoë"), "X-Remote-Group", bytes("管理者"))))
                .isEqualTo("Zoë [管理者]");
    }

    @Test
    void aNameOfTheKubernetesSystemIsTheProxysToGive() {
        assertThat(said(world.chain(), proxied("X-Remote-User", "root", "X-Remote-Group", "system:masters")))
                .isEqualTo("root [system:masters, system:authenticated]");
    }

    @Test
    void theCommonNameMustBeAllowedWhereNamesAre() {
        var picky = world.alone("front-proxy", "second-proxy");
        assertThat(said(picky, proxied("X-Remote-User", "jane"))).isEqualTo("jane []");
        assertThat(picky.authenticate(from(OTHER_PROXY).with("X-Remote-User", "jane")))
                .extracting("detailForLog")
                .asString()
                .contains("x509: subject with cn=somebody-elses-proxy is not in the allowed list");
        assertThat(said(authenticator, from(OTHER_PROXY).with("X-Remote-User", "jane")))
                .as("where none are, every name is")
                .isEqualTo("jane []");
    }

    @Test
    void theLastCommonNameCountsAndIsComparedExactly() {
        var picky = world.alone("front-proxy");
        for (String name : List.of("Front-Proxy", "front-proxy ", " front-proxy", "front-proxy\0", "", "front-prox")) {
            var other = PROXIES.issue(CertificateSpec.client(name));
            assertThat(said(picky, from(other).with("X-Remote-User", "jane")))
                    .as("cn=%s", name)
                    .isEqualTo("refused POLICY");
        }
        var two = Subjects.empty().add(Subjects.CN, "front-proxy").add(Subjects.CN, "mallory");
        var twice = PROXIES.issue(CertificateSpec.client(two.build()));
        assertThat(said(picky, from(twice).with("X-Remote-User", "jane"))).isEqualTo("refused POLICY");
    }

    @Test
    void aRemovedAuthorityIsNotBelievedAnyLongerOnTheSameConnection() {
        var connection = proxied("X-Remote-User", "jane");
        assertThat(said(authenticator, connection)).isEqualTo("jane []");
        world.proxies.set(STRANGERS.bundle());
        assertThat(said(authenticator, connection)).isEqualTo("refused UNTRUSTED");
        world.proxies.set(PROXIES.bundle());
        assertThat(said(authenticator, connection)).isEqualTo("jane []");
        world.proxies.set(TrustBundle.EMPTY);
        assertThat(said(authenticator, connection)).isEqualTo("not mine");
    }

    @Test
    void anExpiredCertificateIsNotBelievedAnyLongerOnTheSameConnection() {
        var connection = proxied("X-Remote-User", "jane");
        assertThat(said(authenticator, connection)).isEqualTo("jane []");
        world.clock.advance(Duration.ofDays(2));
        assertThat(said(authenticator, connection)).isEqualTo("refused EXPIRED");
    }

    @Test
    void oneConnectionSpeaksOfManyUsers() {
        var connection = from(PROXY);
        assertThat(said(authenticator, connection.with("X-Remote-User", "jane")))
                .isEqualTo("jane []");
        assertThat(said(authenticator, connection.with("X-Remote-User", "john")))
                .isEqualTo("john []");
        assertThat(said(authenticator, connection)).isEqualTo("not mine");
    }

    @Test
    void theProofIsTheProxysCertificateAndEndsWithIt() {
        var first = (Outcome.Accepted) authenticator.authenticate(proxied("X-Remote-User", "jane"));
        assertThat(first.proof().chain()).containsExactly(PROXY.certificate(), PROXIES.certificate());
        assertThat(first.proof().expires())
                .contains(PROXY.certificate().getNotAfter().toInstant());
        assertThat(first.proof().voucher()).contains("front-proxy");
        assertThat(first.proof().issued()).as("when the proxy saw jane").isEmpty();
    }

    @Test
    void aLongChainIsJudgedElsewhereOnceAndThenKnown() {
        TestCa ca = PROXIES;
        var chain = new java.util.ArrayList<java.security.cert.X509Certificate>();
        for (int i = 0; i < 4; i++) {
            ca = ca.intermediate("below-" + i);
            chain.addFirst(ca.certificate());
        }
        chain.addFirst(ca.client("front-proxy").certificate());
        var presented = Presented.certificate(chain.toArray(java.security.cert.X509Certificate[]::new))
                .with("X-Remote-User", "jane");
        assertThat(authenticator.authenticate(presented)).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(said(authenticator, presented)).isEqualTo("jane []");
        assertThat(authenticator.authenticate(presented)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aUsersCertificateIsTheirOwnWithTheProxySwitchedOn() {
        assertThat(said(world.chain(), from(JOHN))).isEqualTo("john [users, system:authenticated]");
        assertThat(said(world.chain(), from(USERS.client("")))).isEqualTo("refused UNTRUSTED");
    }

    @Test
    void headersAreConfiguredByNamesThatAreThere() {
        assertThatThrownBy(() -> new RequestHeaders(List.of(), List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RequestHeaders(List.of("a", " "), List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Conformance extends AuthenticatorConformance {

        @Override
        protected Authenticator authenticator() {
            return authenticator;
        }

        @Override
        protected Presented good() {
            return proxied("X-Remote-User", "jane", "Authorization", "Bearer a-token-that-is-not-looked-at");
        }

        @Override
        protected List<String> secrets() {
            return List.of("a-token-that-is-not-looked-at");
        }
    }
}
