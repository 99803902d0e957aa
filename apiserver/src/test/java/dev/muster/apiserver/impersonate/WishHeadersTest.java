package dev.muster.apiserver.impersonate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Headers;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the headers are read. */
class WishHeadersTest {

    private static Headers headers(String... lines) {
        var exchange = FakeExchange.get("/");
        for (String line : lines) {
            int colon = line.indexOf(':');
            exchange.header(line.substring(0, colon), line.substring(colon + 1));
        }
        return exchange.headers();
    }

    private static Wish read(String... lines) {
        var headers = headers(lines);
        return WishHeaders.take(headers, headers.names(), NamelessWords.CONSTRAINED);
    }

    private static void refused(String message, NamelessWords words, String... lines) {
        var headers = headers(lines);
        assertThatThrownBy(() -> WishHeaders.take(headers, headers.names(), words))
                .isInstanceOfSatisfying(StatusException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(400);
                    assertThat(e.status().reason()).isEqualTo("BadRequest");
                    assertThat(e.status().message()).isEqualTo(message);
                });
    }

    @Test
    void everythingThatCanBeWished() {
        assertThat(read(
                        "IMPERSONATE-USER:jane",
                        "Impersonate-Group:developers",
                        "Impersonate-Group:on, call",
                        "Impersonate-Group:",
                        "Impersonate-Uid:4-2",
                        "Impersonate-Extra-Scopes:view",
                        "Impersonate-Extra-Scopes:edit",
                        "Impersonate-Extra-Acme.com%2FProject:x"))
                .isEqualTo(new Wish(
                        "jane",
                        "4-2",
                        List.of("developers", "on, call", ""),
                        Map.of("scopes", List.of("view", "edit"), "acme.com/project", List.of("x"))));
    }

    @Test
    void theHeadersAreGoneAfterwards() {
        var headers = headers("Impersonate-User:jane", "Impersonate-Extra-a%2fb:c", "Accept:x", "Impersonate-Group:g");
        WishHeaders.take(headers, headers.names(), NamelessWords.LEGACY);
        assertThat(headers.names()).containsExactly("accept");
    }

    @ParameterizedTest
    @CsvSource({
        "Scopes, scopes",
        "a%2fb, a/b",
        "A%2FB, a/b",
        "a+b, a+b",
        "a%20b, a b",
        "a%, a%",
        "a%2, a%2",
        "a%zz, a%zz",
        "a%2fb%, a%2fb%",
        "%41, A",
        "%c3%a9, é",
        "a%252fb, a%2fb",
    })
    void keysAreLoweredThenDecodedOnceAndLeftAloneWhereTheyAreMalformed(String sent, String key) {
        assertThat(read("Impersonate-User:u", "Impersonate-Extra-" + sent + ":v")
                        .extra())
                .containsExactly(Map.entry(key, List.of("v")));
    }

    @Test
    void oneKeyInSeveralSpellingsIsOneKey() {
        assertThat(read("Impersonate-User:u", "Impersonate-Extra-a%2fb:1", "Impersonate-Extra-a/b:2")
                        .extra())
                .containsExactly(Map.entry("a/b", List.of("1", "2")));
    }

    @Test
    void namesAreUtf8WhateverTheServerMadeOfTheBytes() {
        String wire = new String("jörg".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(read("Impersonate-User:" + wire).name()).isEqualTo("jörg");
        refused(
                "an impersonation header has bytes that are not UTF-8",
                NamelessWords.LEGACY,
                "Impersonate-User:" + (char) 0xe9);
        refused("an impersonation header has a control character", NamelessWords.LEGACY, "Impersonate-User:jane\u0007");
    }

    @Test
    void aWishWithoutAUserIsRefusedInTheWordsOfTheNewerFilter() {
        refused(
                "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"developers\"},"
                        + " Extra:map[string][]string(nil)} without impersonating a user name",
                NamelessWords.CONSTRAINED,
                "Impersonate-Group:developers");
        refused(
                "requested &user.DefaultInfo{Name:\"\", UID:\"7\", Groups:[]string(nil),"
                        + " Extra:map[string][]string{\"scopes\":[]string{\"a\", \"b\"}}} without impersonating a user name",
                NamelessWords.CONSTRAINED,
                "Impersonate-Uid:7",
                "Impersonate-Extra-Scopes:a",
                "Impersonate-Extra-Scopes:b");
    }

    @Test
    void aWishWithoutAUserIsRefusedInTheWordsOfTheOlderFilter() {
        refused(
                "requested [{Group  developers    }] without impersonating a user",
                NamelessWords.LEGACY,
                "Impersonate-Group:developers");
        refused(
                "requested [{UserExtra  a  authentication.k8s.io/v1  scopes} {UID  7  authentication.k8s.io/v1  }]"
                        + " without impersonating a user",
                NamelessWords.LEGACY,
                "Impersonate-Uid:7",
                "Impersonate-Extra-Scopes:a");
    }

    /** The class of CVE-2026-23990: an empty user must not come to mean the caller. */
    @Test
    void anEmptyUserAloneIsNoWishToBeOneself() {
        refused("requested [] without impersonating a user", NamelessWords.LEGACY, "Impersonate-User:");
        refused("requested [] without impersonating a user", NamelessWords.LEGACY, "Impersonate-Uid:");
    }

    @Test
    void twoUsersOrUidsAreNobody() {
        refused(
                "more than one impersonate-user header",
                NamelessWords.LEGACY,
                "Impersonate-User:jane",
                "Impersonate-User:root");
        refused(
                "more than one impersonate-uid header",
                NamelessWords.LEGACY,
                "Impersonate-User:jane",
                "Impersonate-Uid:1",
                "Impersonate-Uid:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "impersonate-groups",
                "impersonate-x",
                "impersonate",
                "impersonate_user",
                "impersonate_group",
                "impersonate-extra"
            })
    void headersThatAreNearlyOursAreNotPassedOver(String name) {
        refused(
                "unknown impersonation header \"" + name + "\"",
                NamelessWords.LEGACY,
                "Impersonate-User:jane",
                name + ":x");
    }

    @Test
    void keysAreNotWithoutEnd() {
        var lines = new ArrayList<>(List.of("Impersonate-User:jane"));
        IntStream.range(0, 255).forEach(i -> lines.add("Impersonate-Extra-k" + i + ":v"));
        assertThat(read(lines.toArray(String[]::new)).extra()).hasSize(255);
        lines.add("Impersonate-Extra-more:v");
        refused("more than 256 different impersonation headers", NamelessWords.LEGACY, lines.toArray(String[]::new));
    }

    @Test
    void aRefusalOfALongWishIsShort() {
        var headers = headers("Impersonate-Group:" + "g".repeat(100_000));
        assertThatThrownBy(() -> WishHeaders.take(headers, headers.names(), NamelessWords.LEGACY))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        e -> assertThat(e.status().message().length()).isLessThan(1100));
    }

    @Test
    void whateverIsSentIsAWishOrABadRequestAndGoneInEitherCase() {
        var random = new Random(4);
        String alphabet = "-_%2fF41+ aZé.:/\u0001\u00ff";
        for (int round = 0; round < 20_000; round++) {
            var exchange = FakeExchange.get("/");
            for (int i = random.nextInt(4); i >= 0; i--) {
                String kind =
                        List.of("User", "Group", "Uid", "Extra-", "Extra", "").get(random.nextInt(6));
                exchange.header("Impersonate-" + kind + random(random, alphabet, 6), random(random, alphabet, 6));
            }
            var headers = exchange.headers();
            try {
                assertThat(WishHeaders.take(headers, headers.names(), NamelessWords.CONSTRAINED)
                                .name())
                        .isNotEmpty();
                assertThat(headers.names()).isEmpty();
            } catch (StatusException e) {
                assertThat(e.status().code()).isEqualTo(400);
            }
        }
    }

    private static String random(Random random, String alphabet, int most) {
        var out = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
