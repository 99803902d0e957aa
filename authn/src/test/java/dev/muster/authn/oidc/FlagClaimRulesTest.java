package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class FlagClaimRulesTest {

    @ParameterizedTest
    @CsvSource({
        "'', sub, https://i#",
        "'', email, ''",
        "'', groups, https://i#",
        "-, sub, ''",
        "-, email, ''",
        "'oidc:', sub, oidc:",
        "'oidc:', email, oidc:",
        "'--', sub, '--'"
    })
    void theDefaultPrefixIsTheIssuerForAllButAddresses(String given, String claim, String prefix) {
        assertThat(FlagClaimRules.defaultPrefix(given, claim, "https://i")).isEqualTo(prefix);
    }

    /**
     * @param claims JSON with single quotes
     * @param name null = refused
     */
    record Case(String claims, String name, List<String> groups) {}

    private static final FlagClaimRules BY_EMAIL =
            new FlagClaimRules("email", "p:", Optional.of("roles"), "g:", Map.of());

    static final List<Case> CASES = List.of(
            new Case("{'email':'a@b'}", "p:a@b", List.of()),
            new Case("{'email':'a@b','email_verified':true}", "p:a@b", List.of()),
            new Case("{'email':'a@b','email_verified':false}", null, List.of()),
            new Case("{'email':'a@b','email_verified':'true'}", null, List.of()),
            new Case("{'email':'a@b','email_verified':null}", null, List.of()),
            new Case("{'email':'a@b','email_verified':1}", null, List.of()),
            new Case("{'Email':'a@b'}", null, List.of()),
            new Case("{'email':'a@b','roles':'one'}", "p:a@b", List.of("g:one")),
            new Case("{'email':'a@b','roles':['one','two','one']}", "p:a@b", List.of("g:one", "g:two", "g:one")),
            new Case("{'email':'a@b','roles':[]}", "p:a@b", List.of()),
            new Case("{'email':'a@b','roles':null}", "p:a@b", List.of()),
            new Case("{'email':'a@b','roles':''}", "p:a@b", List.of()),
            new Case("{'email':'a@b','roles':['',null,'x']}", "p:a@b", List.of("g:x")),
            new Case("{'email':'a@b','roles':true}", null, List.of()),
            new Case("{'email':'a@b','roles':['x',['y']]}", null, List.of()),
            new Case("{'email':'a@b','Roles':['x']}", "p:a@b", List.of()));

    @ParameterizedTest
    @FieldSource("CASES")
    void claimsBecomeAUserOrNobody(Case one) throws MalformedJws {
        var claims = Claims.of(StrictJson.whole(one.claims().replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        var outcome = BY_EMAIL.judge(claims);

        if (one.name() == null) {
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        } else {
            assertThat(outcome).isEqualTo(Outcome.accepted(new User(one.name(), "", one.groups(), Map.of())));
        }
    }
}
