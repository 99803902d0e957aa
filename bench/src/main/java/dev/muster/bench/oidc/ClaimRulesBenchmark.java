package dev.muster.bench.oidc;

import dev.muster.authn.oidc.ClaimRules;
import dev.muster.authn.oidc.Claims;
import dev.muster.authn.oidc.IssuerSettings;
import dev.muster.authn.structured.Apart;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import dev.muster.core.identity.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From verified claims to a user: by claims alone, and with so many rules in CEL more. The cost of a rule is the difference over their
 * number; the bound is 6 µs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClaimRulesBenchmark {

    private static final List<String> RULES = List.of(
            "claims.email_verified == true",
            "claims.email.endsWith('@example.com')",
            "claims.groups.exists(g, g == 'staff')",
            "claims.email.matches('^[a-z]+@example[.]com$')",
            "claims.?department.orValue('') != 'suspended'",
            "claims.exp - claims.iat <= 86400.0",
            "has(claims.sub) && claims.sub != ''",
            "claims.groups.all(g, !g.startsWith('system:'))");

    /** How many. */
    @Param({"0", "1", "8"})
    public int rules;

    private ClaimRules made;
    private Claims claims;

    @Setup
    public void make() {
        var text = new StringBuilder("""
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                jwt:
                - issuer: {url: "https://example.com", audiences: [kubernetes]}
                  claimMappings: {username: {claim: sub, prefix: "p:"}, groups: {claim: groups, prefix: "p:"}}
                  claimValidationRules:
                """);
        RULES.stream()
                .limit(rules)
                .forEach(rule -> text.append("  - expression: \"").append(rule).append("\"\n"));
        var read = AuthenticationConfiguration.read(
                text.toString().getBytes(StandardCharsets.UTF_8),
                new Surroundings(List.of(), IssuerSettings.Trust.ORDINARY, new Apart()));
        made = switch (read) {
            case Read.Valid(AuthenticationConfiguration configuration) ->
                configuration.issuers().getFirst().rules();
            case Read.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
        };
        claims = Claims.of(Map.of(
                "sub",
                "7",
                "email",
                "jane@example.com",
                "email_verified",
                true,
                "iat",
                1_700_000_000L,
                "exp",
                1_700_003_600L,
                "groups",
                List.of("dev", "ops", "staff")));
        if (!(judge() instanceof Outcome.Accepted)) {
            throw new IllegalStateException("the rules do not hold: " + judge());
        }
    }

    @Benchmark
    public Outcome judge() {
        return made.judge(claims);
    }
}
