package dev.muster.bench.csr;

import dev.muster.apiserver.controllers.csrsigning.AuthoritySigner;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.KeyUse;
import dev.muster.crypto.x509.Pem;
import dev.muster.testkit.certs.TestRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a stored request to the certificate as PEM, and the authority's signature over as many bytes alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SigningBenchmark {

    private CertificateAuthority authority;
    private AuthoritySigner signer;
    private byte[] request;
    private byte[] toSign;

    @Setup
    public void make() throws Exception {
        authority =
                CertificateAuthority.create("ca", Duration.ofDays(1000), InstantSource.system(), new SecureRandom());
        signer = new AuthoritySigner(() -> authority, Duration.ofDays(365), InstantSource.system());
        request = TestRequest.of("john", "developers").pem().getBytes(StandardCharsets.UTF_8);
        toSign = signer.sign(
                        CertificateRequest.parseVerified(request), EnumSet.of(KeyUse.CLIENT_AUTH), Optional.empty())
                .getTBSCertificate();
    }

    @Benchmark
    public String issue() throws Exception {
        var asked = CertificateRequest.parseVerified(request);
        return Pem.write(List.of(signer.sign(asked, EnumSet.of(KeyUse.CLIENT_AUTH), Optional.empty())));
    }

    @Benchmark
    public byte[] rawSignature() throws Exception {
        var raw = Signature.getInstance("SHA256withECDSA");
        raw.initSign(authority.certified().key());
        raw.update(toSign);
        return raw.sign();
    }
}
