package dev.muster.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.server.datadir.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private DataDir dir;

    @BeforeEach
    void openDataDir() throws Exception {
        dir = DataDir.open(folder.resolve("data"));
    }

    private OwnAuthority at(Instant when) throws IOException {
        return OwnAuthority.open(dir, InstantSource.fixed(when), new SecureRandom());
    }

    @Test
    void isMadeOnceAndReadAgain() throws Exception {
        assertThat(at(NOW).certificate()).isEqualTo(at(NOW).certificate());
        assertThat(Files.getPosixFilePermissions(dir.caKey())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void halfAnAuthorityIsAnErrorAndNothingIsOverwritten() throws Exception {
        at(NOW);
        Files.delete(dir.caKey());

        assertThatThrownBy(() -> at(NOW)).hasMessageContaining("ca.key is missing beside its other half");
        assertThat(dir.caKey()).doesNotExist();
    }

    @Test
    void theServingCertificateIsKeptWhileItNamesEverythingAndLasts() throws Exception {
        var first = at(NOW).serving(List.of("localhost", "127.0.0.1", "::1"));

        assertThat(at(NOW).serving(List.of("127.0.0.1", "::1")).certificate()).isEqualTo(first.certificate());
        assertThat(at(NOW).serving(List.of("localhost", "10.0.0.1")).certificate())
                .isNotEqualTo(first.certificate());
    }

    @Test
    void theServingCertificateIsRenewedAMonthBeforeItEnds() throws Exception {
        var first = at(NOW).serving(List.of("localhost"));

        assertThat(at(NOW.plus(Duration.ofDays(330)))
                        .serving(List.of("localhost"))
                        .certificate())
                .isEqualTo(first.certificate());
        assertThat(at(NOW.plus(Duration.ofDays(336)))
                        .serving(List.of("localhost"))
                        .certificate())
                .isNotEqualTo(first.certificate());
    }

    @Test
    void theAdministratorsKubeconfigIsKeptWhileItIsGoodForThisServer() throws Exception {
        Path file = dir.adminKubeconfig();
        AdminKubeconfig.ensure(file, at(NOW), "https://127.0.0.1:6443", "ca");
        byte[] first = Files.readAllBytes(file);

        AdminKubeconfig.ensure(file, at(NOW), "https://127.0.0.1:6443", "ca");
        assertThat(file).hasBinaryContent(first);

        AdminKubeconfig.ensure(file, at(NOW), "https://127.0.0.1:7443", "ca");
        assertThat(Files.readString(file)).contains("https://127.0.0.1:7443");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theAdministratorIsNoMasterAndCanBeUnbound() throws Exception {
        var admin = at(NOW).client("kubernetes-admin", List.of(AdminKubeconfig.GROUP), Duration.ofDays(1));

        assertThat(admin.certificate().getSubjectX500Principal().getName())
                .contains("O=kubeadm:cluster-admins")
                .doesNotContain("system:masters");
    }
}
