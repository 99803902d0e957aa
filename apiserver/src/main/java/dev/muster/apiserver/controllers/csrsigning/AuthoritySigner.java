package dev.muster.apiserver.controllers.csrsigning;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.KeyUse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Signs with an authority of our own. Certificates last as long as asked, at least ten minutes and at most the configured time,
 * from five minutes ago; those of eight hours and more end five minutes earlier for it, short ones are not shortened.
 *
 * @param authority asked each time, since its files may change
 * @param longest the lifetime when none is asked for, and the most otherwise
 */
public record AuthoritySigner(Supplier<CertificateAuthority> authority, Duration longest, InstantSource clock)
        implements Signer {

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration BACKDATE = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofHours(8);

    @Override
    public X509Certificate sign(CertificateRequest request, Set<KeyUse> uses, Optional<Duration> lifetime) {
        Duration life = lifetime.map(this::bounded).orElse(longest);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(life);
        return authority
                .get()
                .sign(request, uses, now.minus(BACKDATE), life.compareTo(SHORT) < 0 ? end : end.minus(BACKDATE));
    }

    private Duration bounded(Duration asked) {
        if (asked.compareTo(longest) > 0) {
            return longest;
        }
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }
}
