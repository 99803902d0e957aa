package dev.muster.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.certificates.SignerNames;
import dev.muster.apiserver.controllers.Controllers.Certification;
import dev.muster.apiserver.controllers.csrsigning.AuthoritySigner;
import dev.muster.apiserver.controllers.csrsigning.Signer;
import dev.muster.apiserver.testing.Api;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.Pem;
import dev.muster.testkit.certs.TestRequest;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From approval to certificate, failure and end of a signing request. */
class CertificatesTest {

    private static final String ALL = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String ONE = ALL + "/one";
    private static final Duration YEAR = Duration.ofDays(365);

    private final Api api = new Api();
    private final CertificateAuthority authority =
            CertificateAuthority.create("ca", Duration.ofDays(1000), api.clock, new SecureRandom());
    private final Signer signer = new AuthoritySigner(() -> authority, YEAR, api.clock);
    private final AtomicReference<String> takenBack = new AtomicReference<>();
    private User requestor = User.of("system:node:a", "system:nodes");
    private Controllers controllers = start(signer, _ -> Decision.NO_OPINION);

    private Controllers start(Signer by, Authorizer authorizer) {
        var started = Controllers.start(api.resources, Api.KINDS, api.cache, api.clock);
        started.certificates(
                api.resources,
                Api.KINDS,
                api.cache,
                new Certification(by, authorizer, _ -> Optional.ofNullable(takenBack.get()), api.clock));
        return started;
    }

    private void restart(Signer by, Authorizer authorizer) {
        controllers.close();
        controllers = start(by, authorizer);
    }

    @AfterEach
    void close() {
        controllers.close();
        api.close();
    }

    private void ask(TestRequest request, String signerName, String usages, String more) {
        String pem = Base64.getEncoder().encodeToString(request.pem().getBytes(StandardCharsets.UTF_8));
        String body = """
                {"metadata":{"name":"one"},"spec":{"request":"%s","signerName":"%s","usages":[%s]%s}}""".formatted(pem, signerName, usages, more);
        var answer = api.send(FakeExchange.post(ALL, "application/json", body), requestor);
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
    }

    private void decide(String type) {
        var answer = api.patch(
                ONE + "/approval",
                "merge",
                "{\"status\":{\"conditions\":[{\"type\":\"" + type
                        + "\",\"status\":\"True\",\"reason\":\"ByHand\"}]}}");
        assertThat(answer.code()).as(answer.message()).isEqualTo(200);
    }

    private X509Certificate issued() throws Exception {
        Api.eventually(() -> !api.get(ONE).text("/status/certificate").isEmpty());
        return Pem.certificates(Base64.getDecoder().decode(api.get(ONE).text("/status/certificate")))
                .getFirst();
    }

    private String failure() {
        Api.eventually(() -> api.get(ONE).json().at("/status/conditions").size() == 2);
        assertThat(api.get(ONE).text("/status/conditions/1/reason")).isEqualTo("SignerValidationFailure");
        assertThat(api.get(ONE).text("/status/certificate")).isEmpty();
        return api.get(ONE).text("/status/conditions/1/message");
    }

    private void askForClient(String more) {
        ask(TestRequest.of("john", "developers").asAuthority(), SignerNames.API_CLIENT, "\"client auth\"", more);
    }

    @Test
    void whatIsApprovedIsIssuedAndNothingElseThatWasAskedFor() throws Exception {
        askForClient("");
        decide("Approved");
        var certificate = issued();
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(DistinguishedName.ofSubject(certificate.getEncoded()).attributes())
                .extracting(a -> a.text().orElseThrow())
                .containsExactly("developers", "john");
        assertThat(certificate.getBasicConstraints())
                .as("no authority, whatever it asked")
                .isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getKeyUsage())
                .as("no usage that was not approved")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // asked, from now until, all in seconds
        "600, 600",
        "28799, 28799",
        "28800, 28500",
        "86400, 86100",
        "2147483647, 31535700"
    })
    void itLastsAsLongAsAskedWithinLimitsFromFiveMinutesAgo(int asked, long until) throws Exception {
        askForClient(",\"expirationSeconds\":" + asked);
        decide("Approved");
        var certificate = issued();
        var now = api.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minusSeconds(300));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plusSeconds(until));
    }

    @Test
    void nothingIsSignedForWhatWasDenied() throws Exception {
        askForClient("");
        decide("Denied");
        Thread.sleep(100);
        assertThat(api.get(ONE).text("/status/certificate")).isEmpty();
    }

    record Misfit(String why, String signer, TestRequest request, String usages) {
        @Override
        public String toString() {
            return why;
        }
    }

    static List<Misfit> misfits() {
        String kubelet = SignerNames.KUBELET_CLIENT;
        String serving = SignerNames.KUBELET_SERVING;
        String client = "\"digital signature\",\"key encipherment\",\"client auth\"";
        String server = "\"digital signature\",\"server auth\"";
        var node = "system:node:a";
        return List.of(
                new Misfit(
                        "invalid usage for client certificate: server auth",
                        SignerNames.API_CLIENT,
                        TestRequest.of("john"),
                        "\"client auth\",\"server auth\""),
                new Misfit(
                        "missing required usage for client certificate: client auth",
                        SignerNames.API_CLIENT,
                        TestRequest.of("john"),
                        "\"digital signature\""),
                new Misfit("subject organization is not system:nodes", kubelet, TestRequest.of(node), client),
                new Misfit(
                        "subject organization is not system:nodes",
                        kubelet,
                        TestRequest.of(node, "system:nodes", "system:masters"),
                        client),
                new Misfit(
                        "subject common name does not begin with system:node:",
                        kubelet,
                        TestRequest.of("a", "system:nodes"),
                        client),
                new Misfit(
                        "DNS subjectAltNames are not allowed",
                        kubelet,
                        TestRequest.of(node, "system:nodes").alsoNamed(GeneralName.dNSName, "a"),
                        client),
                new Misfit(
                        "URI subjectAltNames are not allowed",
                        kubelet,
                        TestRequest.of(node, "system:nodes")
                                .alsoNamed(GeneralName.uniformResourceIdentifier, "spiffe://a/b"),
                        client),
                new Misfit(
                        "usages did not match [client auth digital signature key encipherment]",
                        kubelet,
                        TestRequest.of(node, "system:nodes"),
                        "\"client auth\""),
                new Misfit(
                        "DNS or IP subjectAltName is required", serving, TestRequest.of(node, "system:nodes"), server),
                new Misfit(
                        "usages did not match [digital signature key encipherment server auth]",
                        serving,
                        TestRequest.of(node, "system:nodes").alsoNamed(GeneralName.dNSName, "a"),
                        client));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatItsSignerDoesNotSignFailsForGood(Misfit row) {
        ask(row.request(), row.signer(), row.usages(), "");
        decide("Approved");
        assertThat(failure()).isEqualTo(row.why());
    }

    @Test
    void aKeyThatWasTakenBackIsNotCertifiedAgainWhoeverApproves() {
        takenBack.set("johns-laptop");
        askForClient("");
        decide("Approved");
        Api.eventually(() -> api.get(ONE).json().at("/status/conditions").size() == 2);
        assertThat(api.get(ONE).text("/status/conditions/1/type")).isEqualTo("Failed");
        assertThat(api.get(ONE).text("/status/conditions/1/reason")).isEqualTo("PublicKeyRevoked");
        assertThat(api.get(ONE).text("/status/conditions/1/message"))
                .isEqualTo(
                        "the request's public key was taken back by revocation \"johns-laptop\": make a new key and ask"
                                + " again");
        assertThat(api.get(ONE).text("/status/certificate")).isEmpty();
    }

    @Test
    void nobodysJudgementIsNotEnoughForAKeyThatWasTakenBack() {
        takenBack.set("stolen-node");
        restart(signer, granting(Set.of("selfnodeclient"), new AtomicInteger()));
        askForNode("a");
        Api.eventually(() -> api.get(ONE).text("/status/conditions/0/reason").equals("PublicKeyRevoked"));
        assertThat(api.get(ONE).json().at("/status/conditions")).hasSize(1);
        assertThat(api.get(ONE).text("/status/conditions/0/type")).isEqualTo("Failed");
    }

    @Test
    void aKubeletsServingCertificateHasItsNames() throws Exception {
        var request = TestRequest.of("system:node:a", "system:nodes")
                .alsoNamed(GeneralName.dNSName, "a.example")
                .alsoNamed(GeneralName.iPAddress, "10.0.0.1");
        ask(request, SignerNames.KUBELET_SERVING, "\"server auth\",\"digital signature\"", "");
        decide("Approved");
        assertThat(issued().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "a.example"), List.of(7, "10.0.0.1"));
        assertThat(issued().getKeyUsage()[0]).isTrue();
    }

    @Test
    void othersSignersSignForThemselves() throws Exception {
        ask(TestRequest.of("x"), "example.com/own", "\"client auth\"", "");
        decide("Approved");
        Thread.sleep(100);
        assertThat(api.get(ONE).text("/status/certificate")).isEmpty();
        assertThat(api.get(ONE).json().at("/status/conditions")).hasSize(1);
    }

    @Test
    void aSignerThatDiesInTheMiddleIsAskedAgainAndOneCertificateComesOfIt() throws Exception {
        var calls = new AtomicInteger();
        restart(
                (request, uses, lifetime) -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("the signer is away");
                    }
                    return signer.sign(request, uses, lifetime);
                },
                _ -> Decision.NO_OPINION);
        askForClient("");
        decide("Approved");
        Api.eventually(() -> calls.get() == 1);
        // Until the failure has been noted; the clock stands still meanwhile.
        pauseOfALoop();
        api.clock.advance(Duration.ofSeconds(1));
        String first = issued().getSerialNumber().toString();
        restart(signer, _ -> Decision.NO_OPINION);
        Thread.sleep(100);
        assertThat(issued().getSerialNumber())
                .as("a restart signs nothing again")
                .hasToString(first);
        assertThat(calls).hasValue(2);
    }

    private static Authorizer granting(Set<String> subresources, AtomicInteger asked) {
        return attributes -> {
            asked.incrementAndGet();
            var wanted = (ResourceAttributes) attributes;
            boolean granted = wanted.verb().equals("create")
                    && wanted.apiGroup().equals("certificates.k8s.io")
                    && wanted.resource().equals("certificatesigningrequests")
                    && subresources.contains(wanted.subresource())
                    && wanted.user().isIn("system:nodes");
            return granted ? Decision.allow("") : Decision.NO_OPINION;
        };
    }

    private void askForNode(String name) {
        // Nodes may not even ask in another's name; nobody else's group is looked at.
        requestor = name.equals("a") ? requestor : User.of("kubelet-bootstrap", "system:nodes");
        ask(
                TestRequest.of("system:node:" + name, "system:nodes"),
                SignerNames.KUBELET_CLIENT,
                "\"client auth\",\"digital signature\"",
                "");
    }

    @Test
    void aNodesRenewalIsApprovedByItself() throws Exception {
        restart(signer, granting(Set.of("selfnodeclient"), new AtomicInteger()));
        askForNode("a");
        issued();
        assertThat(api.get(ONE).text("/status/conditions/0/reason")).isEqualTo("AutoApproved");
        assertThat(api.get(ONE).text("/status/conditions/0/message"))
                .isEqualTo("Auto approving self kubelet client certificate after SubjectAccessReview.");
    }

    @Test
    void theRightToRenewIsNoRightToAnothersName() {
        var asked = new AtomicInteger();
        restart(signer, granting(Set.of("selfnodeclient"), asked));
        askForNode("b");
        Api.eventually(() -> asked.get() > 0);
        assertThat(api.get(ONE).json().at("/status/conditions").isMissingNode()).isTrue();
    }

    @Test
    void whoMayAskForNodesIsApprovedForAnyAsSoonAsHeMay() {
        var asked = new AtomicInteger();
        restart(signer, granting(Set.of("nodeclient"), asked));
        askForNode("b");
        Api.eventually(() -> api.get(ONE)
                .text("/status/conditions/0/message")
                .equals("Auto approving kubelet client certificate after SubjectAccessReview."));
    }

    @Test
    void aKubeletsServingCertificateIsNeverApprovedByItself() throws Exception {
        var asked = new AtomicInteger();
        restart(signer, granting(Set.of("nodeclient", "selfnodeclient"), asked));
        ask(
                TestRequest.of("system:node:a", "system:nodes").alsoNamed(GeneralName.dNSName, "a"),
                SignerNames.KUBELET_SERVING,
                "\"server auth\",\"digital signature\"",
                "");
        Thread.sleep(100);
        assertThat(asked).hasValue(0);
    }

    private void gone(Duration after) {
        api.clock.advance(after.minusSeconds(2));
        pauseOfALoop();
        assertThat(api.get(ONE).code()).as("a moment before").isEqualTo(200);
        api.clock.advance(Duration.ofSeconds(4));
        Api.eventually(() -> api.get(ONE).code() == 404);
    }

    private static void pauseOfALoop() {
        try {
            Thread.sleep(1100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasIssuedGoesAfterAnHour() throws Exception {
        askForClient("");
        decide("Approved");
        issued();
        gone(Duration.ofHours(1));
    }

    @Test
    void whatWasDeniedGoesAfterAnHour() {
        askForClient("");
        decide("Denied");
        gone(Duration.ofHours(1));
    }

    @Test
    void whatNobodyDecidesGoesAfterADay() {
        askForClient("");
        gone(Duration.ofHours(24));
    }

    @Test
    void whatHasExpiredGoesWithItsCertificate() throws Exception {
        askForClient(",\"expirationSeconds\":600");
        decide("Approved");
        issued();
        gone(Duration.ofMinutes(10));
    }
}
