package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.x509.Pem;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.testkit.certs.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestHeaderOptionsTest {

    private static final TestCa PROXIES = TestCa.root("proxies");
    private static final TestCa USERS = TestCa.root("users");

    @TempDir
    Path folder;

    private final List<Problem> problems = new ArrayList<>();
    private String proxies;
    private String users;

    @BeforeEach
    void files() throws IOException {
        proxies = bundle("proxies.pem", PROXIES.certificate());
        users = bundle("users.pem", USERS.certificate());
    }

    private String bundle(String name, X509Certificate... certificates) throws IOException {
        return Files.writeString(folder.resolve(name), Pem.write(List.of(certificates)))
                .toString();
    }

    private Optional<RequestHeaderOptions> read(String... arguments) {
        Flags flags = ApiserverFlags.all().parse(List.of(arguments));
        var options = ApiserverOptions.from(flags, Map.of("HOME", "/home/x"));
        problems.addAll(flags.problems());
        return options.authentication().frontProxy();
    }

    private List<String> problems(String... arguments) {
        read(arguments);
        return problems.stream().map(Problem::toString).toList();
    }

    @Test
    void nobodyIsBelievedInHeadersUnlessAskedFor() {
        assertThat(read()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void asKubeadmWritesThem() {
        var options = read(
                        "--requestheader-client-ca-file=" + proxies,
                        "--requestheader-allowed-names=front-proxy-client",
                        "--requestheader-username-headers=X-Remote-User",
                        "--requestheader-uid-headers=X-Remote-Uid",
                        "--requestheader-group-headers=X-Remote-Group",
                        "--requestheader-extra-headers-prefix=X-Remote-Extra-")
                .orElseThrow();
        assertThat(problems).isEmpty();
        assertThat(options)
                .isEqualTo(new RequestHeaderOptions(
                        Path.of(proxies),
                        List.of("front-proxy-client"),
                        List.of("X-Remote-User"),
                        List.of("X-Remote-Uid"),
                        List.of("X-Remote-Group"),
                        List.of("X-Remote-Extra-")));
        assertThat(options.unusual()).isEmpty();
    }

    @Test
    void listsAreCommaSeparatedAndRepeatableAndUnusualNamesAreSaid() {
        var options = read(
                        "--requestheader-client-ca-file=" + proxies,
                        "--requestheader-username-headers=X-User, X-Second",
                        "--requestheader-username-headers=X-Third",
                        "--requestheader-group-headers=x-remote-group")
                .orElseThrow();
        assertThat(options.usernames()).containsExactly("X-User", "X-Second", "X-Third");
        assertThat(options.unusual())
                .singleElement()
                .asString()
                .startsWith("--requestheader-username-headers is set without the standard X-Remote-User");
    }

    @Test
    void valuesOfWhiteSpaceAloneAreRefusedInEachList() {
        var lists = List.of(
                "requestheader-allowed-names",
                "requestheader-username-headers",
                "requestheader-uid-headers",
                "requestheader-group-headers",
                "requestheader-extra-headers-prefix");
        var arguments = Stream.concat(
                        Stream.of(
                                "--requestheader-client-ca-file=" + proxies,
                                "--requestheader-username-headers=X-Remote-User"),
                        lists.stream().map(name -> "--" + name + "=a, ,b"))
                .toArray(String[]::new);
        assertThat(problems(arguments))
                .containsExactlyElementsOf(lists.stream()
                        .map(name -> "--" + name + ": empty value in \"" + name + "\"")
                        .toList());
    }

    @Test
    void whatIsNoHeaderNameIsRefused() {
        assertThat(problems(
                        "--requestheader-client-ca-file=" + proxies,
                        "--requestheader-username-headers=X-Remote-User:,X Remote,Ünicode",
                        "--requestheader-allowed-names=any name: will do"))
                .containsExactly(
                        "--requestheader-username-headers: invalid header name \"X-Remote-User:\"",
                        "--requestheader-username-headers: invalid header name \"X Remote\"",
                        "--requestheader-username-headers: invalid header name \"Ünicode\"");
    }

    @Test
    void theAuthorityAndTheHeaderOfTheNameBelongTogether() {
        assertThat(problems("--requestheader-client-ca-file=" + proxies))
                .containsExactly(
                        "--requestheader-username-headers: --requestheader-client-ca-file is given, so at least"
                                + " one header must say the user name");
        problems.clear();
        assertThat(problems("--requestheader-username-headers=X-Remote-User", "--requestheader-allowed-names=a"))
                .containsExactly(
                        "--requestheader-allowed-names: has no effect without --requestheader-client-ca-file",
                        "--requestheader-username-headers: has no effect without --requestheader-client-ca-file");
    }

    @Test
    void theBundleMustBeThereAndHoldCertificates() throws IOException {
        String user = "--requestheader-username-headers=X-Remote-User";
        assertThat(problems("--requestheader-client-ca-file=/no/such", user))
                .containsExactly("--requestheader-client-ca-file: open /no/such: no such file or directory");
        problems.clear();
        assertThat(problems("--requestheader-client-ca-file=" + folder, user))
                .containsExactly("--requestheader-client-ca-file: open " + folder + ": not a readable file");
        problems.clear();
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        assertThat(problems("--requestheader-client-ca-file=" + junk, user))
                .singleElement()
                .asString()
                .startsWith("--requestheader-client-ca-file: " + junk + ": ");
    }

    @Test
    void oneAuthorityForUsersAndProxiesNeedsAllowedNames() throws IOException {
        String both = bundle("both.pem", USERS.certificate(), PROXIES.certificate());
        String[] mixed = {
            "--client-ca-file=" + both,
            "--requestheader-client-ca-file=" + proxies,
            "--requestheader-username-headers=X-Remote-User"
        };
        assertThat(problems(mixed))
                .containsExactly("--requestheader-allowed-names: --requestheader-client-ca-file and --client-ca-file"
                        + " contain overlapping certificates; --requestheader-allowed-names must be specified to ensure"
                        + " regular client certificates cannot set authenticating proxy headers for arbitrary users");
        problems.clear();
        var named = Stream.concat(Stream.of(mixed), Stream.of("--requestheader-allowed-names=proxy"))
                .toArray(String[]::new);
        assertThat(problems(named)).isEmpty();
        assertThat(problems(
                        "--client-ca-file=" + users,
                        "--requestheader-client-ca-file=" + proxies,
                        "--requestheader-username-headers=X-Remote-User"))
                .isEmpty();
    }
}
