package dev.muster.api.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    @Test
    void aSubdomainIsToldItsForm() {
        assertThat(Names.dnsSubdomainProblems("A_b", false))
                .containsExactly(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                                + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                                + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        assertThat(Names.dnsSubdomainProblems("a".repeat(254), false))
                .containsExactly("must be no more than 253 characters");
    }

    @Test
    void aPrefixMayEndInADash() {
        assertThat(Names.dnsSubdomainProblems("a-", true)).isEmpty();
        assertThat(Names.dnsSubdomainProblems("a-", false)).hasSize(1);
        assertThat(Names.dnsSubdomainProblems("-", true)).hasSize(1);
    }

    @Test
    void aLabelWithDotsIsToldSo() {
        assertThat(Names.dnsLabelProblems("a.b", false)).containsExactly("must not contain dots");
        assertThat(Names.dnsLabelProblems("a_b", false))
                .singleElement()
                .asString()
                .contains("RFC 1123 label");
    }

    @Test
    void aPathSegmentIsNoWayOut() {
        assertThat(Names.pathSegmentProblems("..", false)).containsExactly("may not be '..'");
        assertThat(Names.pathSegmentProblems("..", true)).isEmpty();
        assertThat(Names.pathSegmentProblems("a/%", false))
                .containsExactly("may not contain '/'", "may not contain '%'");
        assertThat(Names.pathSegmentProblems("system:node-proxier", false)).isEmpty();
    }

    @Test
    void aDataKeyBecomesAFileName() {
        assertThat(QualifiedNames.dataKeyProblems("a.B_c-1")).isEmpty();
        assertThat(QualifiedNames.dataKeyProblems("..")).containsExactly("must not be '..'");
        assertThat(QualifiedNames.dataKeyProblems("..a")).containsExactly("must not start with '..'");
        assertThat(QualifiedNames.dataKeyProblems("a/b"))
                .singleElement()
                .asString()
                .contains("valid config key");
    }

    @Test
    void aKeyHasAtMostOnePrefix() {
        assertThat(QualifiedNames.keyProblems("a.b/C_d")).isEmpty();
        assertThat(QualifiedNames.keyProblems("/a")).containsExactly("prefix part must be non-empty");
        assertThat(QualifiedNames.keyProblems("a/")).hasSize(2).first().isEqualTo("name part must be non-empty");
        assertThat(QualifiedNames.keyProblems("a/b/c"))
                .singleElement()
                .asString()
                .startsWith("a valid label key must");
        assertThat(QualifiedNames.keyProblems("A/b"))
                .singleElement()
                .asString()
                .startsWith("prefix part a lowercase RFC");
        assertThat(QualifiedNames.keyProblems("a".repeat(64)))
                .containsExactly("name part must be no more than 63 bytes");
    }

    /** The regular expressions are the specification; here names are short, so that they may be used. */
    @Test
    void theHandWrittenChecksAreTheRegularExpressions() {
        var label = Pattern.compile(LABEL);
        var subdomain = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
        var value = Pattern.compile("(" + KEY + ")?");
        var random = new Random(1);
        for (int i = 0; i < 300_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(7); n > 0; n--) {
                text.append("aZ0-._ é\n".charAt(random.nextInt(9)));
            }
            String name = text.toString();
            assertThat(Names.dnsLabelProblems(name, false).isEmpty())
                    .isEqualTo(label.matcher(name).matches());
            assertThat(Names.dnsSubdomainProblems(name, false).isEmpty())
                    .isEqualTo(subdomain.matcher(name).matches());
            assertThat(QualifiedNames.labelValueProblems(name).isEmpty())
                    .isEqualTo(value.matcher(name).matches());
        }
    }

    @Test
    void hostileLengthsNeitherRecurseNorBacktrack() {
        for (String name : List.of("a.".repeat(1_000_000), "-".repeat(2_000_000), "a".repeat(2_000_000) + "!")) {
            assertThat(Names.dnsSubdomainProblems(name, false)).isNotEmpty();
            assertThat(QualifiedNames.keyProblems(name + "/" + name)).isNotEmpty();
        }
    }
}
