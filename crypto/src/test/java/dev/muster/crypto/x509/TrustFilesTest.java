package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.crypto.reload.ReloadingFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFilesTest {

    private static final ReloadingFiles.Listener QUIET = new ReloadingFiles.Listener() {
        @Override
        public void reloaded(List<Path> files) {}

        @Override
        public void kept(List<Path> files, String why) {}
    };

    private final CertificateAuthority one = authority("one");
    private final CertificateAuthority two = authority("two");

    @TempDir
    private Path folder;

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Duration.ofDays(1), InstantSource.system(), new SecureRandom());
    }

    private static TrustBundle bundle(CertificateAuthority... authorities) throws MalformedPem {
        return TrustBundle.of(List.of(authorities).stream()
                .map(CertificateAuthority::certificate)
                .toList());
    }

    @Test
    void aChangedBundleHasAHigherGenerationAndGarbageChangesNothing() throws Exception {
        var file = Files.writeString(folder.resolve("ca.pem"), one.certified().certificatePem());
        var bundle = TrustFiles.open(file, QUIET);
        long first = bundle.get().generation();

        Files.writeString(file, "-----BEGIN CERTIFICATE-----\ngarbage");
        bundle.poll();
        Files.writeString(file, "");
        bundle.poll();
        assertThat(bundle.get().generation()).isEqualTo(first);
        assertThat(bundle.get().certificates()).containsExactly(one.certificate());

        Files.writeString(file, two.certified().certificatePem());
        bundle.poll();
        assertThat(bundle.get().generation()).isGreaterThan(first);
        assertThat(bundle.get().certificates()).containsExactly(two.certificate());
    }

    @Test
    void aServerDoesNotStartWithoutACertificateInTheFile() throws Exception {
        var file = Files.writeString(folder.resolve("ca.pem"), "no");
        assertThatThrownBy(() -> TrustFiles.open(file, QUIET)).hasMessage("no certificate in it");
    }

    @Test
    void aUnionHasAllRootsOnceAndIsMadeAnewOnlyWhenAPartChanges() throws Exception {
        var own = bundle(one);
        var users = new AtomicReference<>(bundle(two, one));
        var union = TrustFiles.union(List.of(() -> own, users::get));
        assertThat(union.get().certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(union.get()).isSameAs(union.get());

        long before = union.get().generation();
        users.set(TrustBundle.EMPTY);
        assertThat(union.get().certificates()).containsExactly(one.certificate());
        assertThat(union.get().generation()).isNotEqualTo(before);
    }
}
