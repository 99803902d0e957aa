package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureGatesTest {

    private static Flags parse(String value) {
        return ApiserverFlags.all().parse(List.of("--feature-gates=" + value));
    }

    private static boolean isConstrained(String value) {
        return FeatureGates.parse(parse(value)).enabled(FeatureGates.CONSTRAINED_IMPERSONATION);
    }

    @Test
    void defaultsAreThoseOfTheNewestRelease() {
        assertThat(FeatureGates.byDefault().enabled(FeatureGates.CONSTRAINED_IMPERSONATION))
                .isTrue();
        assertThat(ApiserverOptions.from(ApiserverFlags.all().parse(List.of()), Map.of("HOME", "/x"))
                        .features())
                .isEqualTo(FeatureGates.byDefault());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ConstrainedImpersonation=false               | false
            ConstrainedImpersonation=F                   | false
            kube:ConstrainedImpersonation=false          | false
            AllBeta=false                                | false
            AllAlpha=false                               | true
            AllBeta=false,ConstrainedImpersonation=true  | true
            ConstrainedImpersonation=true,AllBeta=false  | true
            """)
    void theGateItselfGoesBeforeTheGateOfAll(String value, boolean on) {
        assertThat(isConstrained(value)).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Nonsense=true                  | --feature-gates: unrecognized feature gate: Nonsense
            constrainedimpersonation=true  | --feature-gates: unrecognized feature gate: constrainedimpersonation
            ConstrainedImpersonation       | --feature-gates: missing bool value for ConstrainedImpersonation
            ConstrainedImpersonation=maybe | --feature-gates: invalid value of ConstrainedImpersonation=maybe, err: strconv.ParseBool: parsing "maybe": invalid syntax
            """)
    void whatIsNoGateOrNoValueIsRefusedInKubernetesWords(String value, String problem) {
        Flags flags = parse(value);
        FeatureGates.parse(flags);
        assertThat(flags.problems()).extracting(Problem::toString).containsExactly(problem);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Flags flags = parse("A=true,B=true,ConstrainedImpersonation=x");
        FeatureGates.parse(flags);
        assertThat(flags.problems()).hasSize(3);
    }
}
