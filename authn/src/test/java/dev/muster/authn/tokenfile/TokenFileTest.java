package dev.muster.authn.tokenfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenFileTest {

    private static TokenFile read(String content) throws MalformedTokenFile {
        return TokenFile.parse(content.getBytes(StandardCharsets.UTF_8), new SecureRandom());
    }

    private static User user(String name, String uid, String... groups) {
        return new User(name, uid, List.of(groups), Map.of());
    }

    /** A file of one token {@code t} and whose it is. */
    record Good(String content, User expected) {}

    static List<Good> good() {
        return List.of(
                new Good("t,jane,7", user("jane", "7")),
                new Good("t,jane,7\n", user("jane", "7")),
                new Good("t,jane,7\r\n", user("jane", "7")),
                new Good("t,jane,7\r", user("jane", "7")),
                new Good("\n\r\n\nt,jane,\n\n", user("jane", "")),
                new Good("t,jane,7,dev", user("jane", "7", "dev")),
                new Good("t,jane,7,\"dev,ops\"", user("jane", "7", "dev", "ops")),
                new Good("t,jane,7,\"a, b\"", user("jane", "7", "a", " b")),
                new Good("t,jane,7,", user("jane", "7", "")),
                new Good("t,jane,7,\"\"", user("jane", "7", "")),
                new Good("t,jane,7,\"a,,b,\"", user("jane", "7", "a", "", "b", "")),
                new Good("t,jane,7,dev,ops,more", user("jane", "7", "dev")),
                new Good("t, jane ,7", user(" jane ", "7")),
                new Good("t,\"ja\"\"ne\",7", user("ja\"ne", "7")),
                new Good("t,\"ja\r\nne\",7", user("ja\nne", "7")),
                new Good("\"t\",\"jane\",\"7\"\n", user("jane", "7")),
                new Good("t,old,1\nt,jane,7", user("jane", "7")),
                new Good("#x,y,z\nt,jane,7", user("jane", "7")),
                new Good(",nobody,1\nt,jane,7", user("jane", "7")));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aFileIsReadAsKubernetesReadsIt(Good c) throws MalformedTokenFile {
        assertThat(read(c.content()).find(Secret.of("t"))).contains(c.expected());
    }

    /** A file that must not start a server, and what the operator is told. */
    record Bad(String content, String message) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("t,jane", "line 1: must have at least 3 columns (token, user name, user uid), found 2"),
                new Bad("\nt", "line 2: must have at least 3 columns (token, user name, user uid), found 1"),
                new Bad("a,b,c\n ", "line 2: must have at least 3 columns (token, user name, user uid), found 1"),
                new Bad("t,ja\"ne,7", "line 1: a bare \" in a field that is not quoted"),
                new Bad("t, \"jane\",7", "line 1: a bare \" in a field that is not quoted"),
                new Bad("t,\"jane\"x,7", "line 1: text after a quoted field"),
                new Bad("a,b,c\nt,\"jane,7\n\n", "line 2: a quoted field that does not end"),
                new Bad("t,\"a\nb\",c\"", "line 2: a bare \" in a field that is not quoted"),
                new Bad("t,,7", "line 1: an empty user name"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBrokenFileIsRefusedByLineAndFault(Bad c) {
        assertThatThrownBy(() -> read(c.content()))
                .isInstanceOf(MalformedTokenFile.class)
                .hasMessage(c.message());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> TokenFile.parse(new byte[] {'t', ',', (byte) 0xff, ',', '1'}, new SecureRandom()))
                .hasMessage("not UTF-8");
    }

    @Test
    void anotherTokenIsNobodys() throws MalformedTokenFile {
        var file = read("secret,jane,7");
        for (String other : List.of("secre", "secret ", "Secret", "secretx", " ", "jane")) {
            assertThat(file.authenticate(Secret.of(other), Audiences.UNSPECIFIED))
                    .isEqualTo(Outcome.NOT_MINE);
        }
        assertThat(file.authenticate(Secret.of("secret"), Audiences.UNSPECIFIED))
                .isEqualTo(Outcome.accepted(user("jane", "7")));
    }

    @Test
    void warningsNumberTheRecordsAndHideTheTokens() throws MalformedTokenFile {
        var file = read("hush,jane,7\n\n,nobody,1\nhush,john,8\n");
        assertThat(file.size()).isEqualTo(1);
        assertThat(file.warnings())
                .containsExactly(
                        "empty token, record number 2", "duplicate token, record number 3: the last one counts");
    }
}
