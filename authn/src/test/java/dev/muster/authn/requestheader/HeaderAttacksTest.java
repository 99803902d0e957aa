package dev.muster.authn.requestheader;

import static dev.muster.authn.requestheader.FrontProxyWorld.JOHN;
import static dev.muster.authn.requestheader.FrontProxyWorld.OTHER_PROXY;
import static dev.muster.authn.requestheader.FrontProxyWorld.PROXIES;
import static dev.muster.authn.requestheader.FrontProxyWorld.PROXY;
import static dev.muster.authn.requestheader.FrontProxyWorld.STRANGER;
import static dev.muster.authn.requestheader.FrontProxyWorld.USERS;
import static dev.muster.authn.requestheader.FrontProxyWorld.from;
import static dev.muster.authn.requestheader.FrontProxyWorld.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything by which somebody would be taken for somebody else; the whole chain answers, with anonymous let in. */
class HeaderAttacksTest {

    private static final String ANONYMOUS = "system:anonymous [system:unauthenticated]";
    private static final String SELF = "john [users, system:authenticated]";
    private static final String UNTRUSTED = "refused UNTRUSTED";
    private static final String MALFORMED = "refused MALFORMED";
    private static final String ADMIN = "admin [system:masters, system:authenticated]";

    /**
     * @param who the certificate; empty = none
     * @param headers names and values in turn
     */
    record Attack(String what, Optional<CertifiedKey> who, List<String> headers, String verdict) {
        @Override
        public String toString() {
            return what;
        }

        Presented presented() {
            var presented = who.map(FrontProxyWorld::from).orElse(Presented.NOTHING);
            for (int i = 0; i < headers.size(); i += 2) {
                presented = presented.with(headers.get(i), headers.get(i + 1));
            }
            return presented;
        }
    }

    private static final String[] AS_ADMIN = {"X-Remote-User", "admin", "X-Remote-Group", "system:masters"};

    private static Attack by(String what, CertifiedKey who, String verdict, String... headers) {
        return new Attack(what, Optional.of(who), List.of(headers), verdict);
    }

    private static Attack proxied(String what, String verdict, String... headers) {
        return by(what, PROXY, verdict, headers);
    }

    static Stream<Attack> attacks() {
        return Stream.concat(whoIsNoProxy(), whatNoProxyWouldSay());
    }

    private static Stream<Attack> whoIsNoProxy() {
        var expired = CertificateSpec.client("front-proxy")
                .valid(ManualClock.START.minus(Duration.ofDays(2)), ManualClock.START.minus(Duration.ofSeconds(1)));
        var serving = CertificateSpec.client("front-proxy").purposes(KeyPurposeId.id_kp_serverAuth);
        return Stream.of(
                new Attack("headers without a certificate", Optional.empty(), List.of(AS_ADMIN), ANONYMOUS),
                by("headers with a user's certificate", JOHN, SELF, AS_ADMIN),
                by("a stranger's certificate with the proxy's name", STRANGER, UNTRUSTED, AS_ADMIN),
                by("a stranger's certificate and no headers", STRANGER, UNTRUSTED),
                by(
                        "the proxy's name, certified for users",
                        USERS.client("front-proxy"),
                        "front-proxy [system:authenticated]",
                        AS_ADMIN),
                by("a proxy of a name that is not allowed", OTHER_PROXY, "refused POLICY", AS_ADMIN),
                by("and no headers", OTHER_PROXY, "refused POLICY"),
                by("an expired proxy", PROXIES.issue(expired), "refused EXPIRED", AS_ADMIN),
                by(
                        "a serving certificate of the proxies' authority",
                        PROXIES.issue(serving),
                        "refused WRONG_PURPOSE",
                        AS_ADMIN),
                by("the proxies' authority itself", PROXIES.certified(), "refused POLICY", AS_ADMIN),
                by(
                        "a stranger with a good token",
                        STRANGER,
                        "jane [system:authenticated]",
                        "Authorization",
                        "Bearer janes",
                        "X-Remote-User",
                        "admin"),
                by(
                        "a bad proxy with a good token",
                        OTHER_PROXY,
                        "jane [system:authenticated]",
                        "Authorization",
                        "Bearer janes",
                        "X-Remote-User",
                        "admin"),
                by("a user with another's token", JOHN, SELF, "Authorization", "Bearer janes"),
                proxied(
                        "a proxy that passes a token beside its own word",
                        "bob [system:authenticated]",
                        "X-Remote-User",
                        "bob",
                        "Authorization",
                        "Bearer janes"),
                proxied(
                        "a proxy that names nobody passes a token",
                        "jane [system:authenticated]",
                        "Authorization",
                        "Bearer janes"),
                proxied("a proxy that names nobody", UNTRUSTED));
    }

    private static Stream<Attack> whatNoProxyWouldSay() {
        return Stream.of(
                proxied("the control: a proxy is believed", ADMIN, AS_ADMIN),
                proxied("two names", MALFORMED, "X-Remote-User", "jane", "X-Remote-User", "admin"),
                proxied("an empty name before a name", MALFORMED, "X-Remote-User", "", "X-Remote-User", "admin"),
                proxied(
                        "the same name twice",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "X-Remote-User",
                        "jane"),
                proxied("two names in other cases", MALFORMED, "X-Remote-User", "jane", "x-remote-USER", "admin"),
                proxied("two uids", MALFORMED, "X-Remote-User", "jane", "X-Remote-Uid", "1", "X-Remote-Uid", "2"),
                proxied(
                        "names joined by a comma are one name",
                        "jane, admin [system:authenticated]",
                        "X-Remote-User",
                        "jane, admin"),
                proxied(
                        "CVE-2025-64484 underscores are another header",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "X_Remote_User",
                        "admin",
                        "X_Remote_Group",
                        "system:masters",
                        "X-Remote_Group",
                        "system:masters"),
                proxied("underscores alone name nobody", UNTRUSTED, "X_Remote_User", "admin"),
                proxied(
                        "a header that begins like the name's",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "X-Remote-User-",
                        "admin",
                        "X-Remote-Users",
                        "admin",
                        "X-Remote-Groups",
                        "system:masters"),
                proxied(
                        "percent-encoding in a name is text",
                        "%61dmin [system:authenticated]",
                        "X-Remote-User",
                        "%61dmin"),
                proxied(
                        "percent-encoding in a header's name is text",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "X-Remote-%47roup",
                        "system:masters"),
                proxied(
                        "CVE-2021-31999 headers named in Connection are there or not",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "Connection",
                        "close, X-Remote-User, X-Remote-Group"),
                proxied("a line feed in a name", MALFORMED, "X-Remote-User", "jane\nadmin"),
                proxied("a NUL in a name", MALFORMED, "X-Remote-User", "jane\0"),
                proxied("a NUL in a group", MALFORMED, "X-Remote-User", "jane", "X-Remote-Group", "a\0b"),
                proxied(
                        "a line feed in an extra value",
                        MALFORMED,
                        "X-Remote-User",
                        "jane",
                        "X-Remote-Extra-a",
                        "1\n2"),
                proxied("a C1 control in a name", MALFORMED, "X-Remote-User", "jane\u00c2\u0085"),
                proxied("bytes that are no UTF-8", MALFORMED, "X-Remote-User", "jan\u00e9"),
                proxied("an overlong encoding of a slash", MALFORMED, "X-Remote-User", "a\u00c0\u00afb"),
                proxied("half of a surrogate in UTF-8", MALFORMED, "X-Remote-User", "a\u00ed\u00a0\u0080"),
                proxied("white space around a name, which HTTP/1 would take off", MALFORMED, "X-Remote-User", " admin"),
                proxied("behind it too", MALFORMED, "X-Remote-User", "admin\t"),
                proxied("blank, as HTTP/2 may send it", MALFORMED, "X-Remote-User", " "),
                proxied("around a group", MALFORMED, "X-Remote-User", "jane", "X-Remote-Group", " system:masters"),
                proxied(
                        "impersonation is not this header's business",
                        "jane [system:authenticated]",
                        "X-Remote-User",
                        "jane",
                        "Impersonate-User",
                        "admin"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isTakenForWhoItIs(Attack attack) {
        var world = new FrontProxyWorld();
        assertThat(said(world.chain("front-proxy"), attack.presented())).isEqualTo(attack.verdict());
    }

    @Test
    void anEmptyNameFromAProxyThatIsAUserTooIsThatUser() {
        var world = new FrontProxyWorld();
        world.users.set(USERS.bundle().with(PROXIES.bundle()));
        assertThat(said(world.chain("front-proxy"), from(PROXY).with("X-Remote-User", "")))
                .isEqualTo("front-proxy [system:authenticated]");
        assertThat(said(world.chain("front-proxy"), from(PROXY).with("X-Remote-User", "jane")))
                .isEqualTo("jane [system:authenticated]");
        assertThat(said(world.chain("front-proxy"), from(OTHER_PROXY).with("X-Remote-User", "jane")))
                .as("whose name is not allowed is only a user")
                .isEqualTo("somebody-elses-proxy [system:authenticated]");
    }

    @Test
    void whoGarblesWhatAProxySaysDoesNotBecomeTheProxy() {
        var world = new FrontProxyWorld();
        world.users.set(USERS.bundle().with(PROXIES.bundle()));
        var garbled = from(PROXY).with("X-Remote-User", "jane").with("X-Remote-User", "admin");
        assertThat(said(world.chain("front-proxy"), garbled)).isEqualTo(MALFORMED);
        assertThat(said(world.chain("front-proxy"), garbled.with("Authorization", "Bearer janes")))
                .as("a token is a credential of its own")
                .isEqualTo("jane [system:authenticated]");
    }

    @Test
    void whateverHeadersAreSentOnlyAProxyIsBelieved() {
        var world = new FrontProxyWorld();
        var chain = world.chain("front-proxy");
        var random = new Random(7);
        var names = List.of(
                "X-Remote-User",
                "x-remote-user",
                "X_Remote_User",
                "X-Forwarded-User",
                "X-Remote-Group",
                "X-Remote-Uid",
                "X-Remote-Extra-a",
                "X-More-b",
                "Connection",
                "X-Remote-User ",
                "X-Remote-User\0");
        var values = List.of("admin", "", " ", "system:masters", "a\0", "\u00ff", "jane,admin", "X-Remote-User");
        for (int i = 0; i < 20_000; i++) {
            boolean user = random.nextBoolean();
            var presented = user ? from(JOHN) : Presented.NOTHING;
            for (int n = random.nextInt(6); n > 0; n--) {
                presented = presented.with(
                        names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            assertThat(said(chain, presented)).as("%s", presented).isEqualTo(user ? SELF : ANONYMOUS);
        }
    }
}
