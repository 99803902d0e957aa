package dev.muster.authn.structured;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.codec.Yaml;
import dev.muster.authn.structured.Document.ClaimMappings;
import dev.muster.authn.structured.Document.ClaimValidationRule;
import dev.muster.authn.structured.Document.ExtraMapping;
import dev.muster.authn.structured.Document.IssuerFields;
import dev.muster.authn.structured.Document.Jwt;
import dev.muster.authn.structured.Document.Mapping;
import dev.muster.authn.structured.Document.PrefixedMapping;
import dev.muster.authn.structured.Document.UserValidationRule;
import java.util.List;
import java.util.Optional;

/** Reads a configuration, YAML or JSON, strictly: unknown and duplicate fields are errors. */
final class Decoder {

    private static final String KIND = "AuthenticationConfiguration";
    private static final String GROUP = "apiserver.config.k8s.io/";
    private static final List<String> VERSIONS = List.of(GROUP + "v1", GROUP + "v1beta1", GROUP + "v1alpha1");

    private final List<Problem> problems;

    Decoder(List<Problem> problems) {
        this.problems = problems;
    }

    Document decode(byte[] file) {
        if (file.length == 0) {
            return nothing("empty config data");
        }
        try {
            var parsed = Yaml.parseObject(file);
            for (String problem : parsed.problems()) {
                problems.add(new Problem(
                        named(problem), "strict decoding error: " + problem.replaceAll("\\s*\\R\\s*", " ")));
            }
            return document(parsed.value());
        } catch (MalformedBody e) {
            return nothing(e.getMessage());
        }
    }

    private Document nothing(String why) {
        problems.add(new Problem("", why));
        return new Document(List.of(), Optional.empty());
    }

    /** The field in {@code duplicate field "jwt[0].issuer.url"}; YAML names a line instead. */
    private static String named(String problem) {
        if (problem.startsWith("yaml:")) {
            return "";
        }
        int first = problem.indexOf('"');
        int last = problem.lastIndexOf('"');
        return first >= 0 && last > first ? problem.substring(first + 1, last) : "";
    }

    private Document document(ObjectNode root) {
        var fields = Fields.of("", root, problems, "apiVersion", "kind", "jwt", "anonymous");
        String kind = fields.text("kind");
        String version = fields.text("apiVersion");
        if (kind.isEmpty()) {
            problems.add(Problem.required("kind", "must be " + KIND));
        }
        if (version.isEmpty()) {
            problems.add(Problem.required("apiVersion", "must be one of " + String.join(", ", VERSIONS)));
        }
        if (!kind.isEmpty() && !version.isEmpty() && !(kind.equals(KIND) && VERSIONS.contains(version))) {
            problems.add(new Problem(
                    kind.equals(KIND) ? "apiVersion" : "kind",
                    "no kind " + Quoted.go(kind) + " is registered for version " + Quoted.go(version) + ": must be "
                            + KIND + " of " + String.join(", ", VERSIONS)));
        }
        return new Document(
                fields.objects(
                        "jwt", Decoder::jwt, "issuer", "claimValidationRules", "claimMappings", "userValidationRules"),
                fields.has("anonymous") ? Optional.of(anonymous(fields)) : Optional.empty());
    }

    private static AnonymousAccess anonymous(Fields fields) {
        var stanza = fields.object("anonymous", "enabled", "conditions");
        return new AnonymousAccess(
                stanza.bool("enabled"), stanza.objects("conditions", condition -> condition.text("path"), "path"));
    }

    private static Jwt jwt(Fields fields) {
        return new Jwt(
                issuer(fields.object(
                        "issuer",
                        "url",
                        "discoveryURL",
                        "certificateAuthority",
                        "audiences",
                        "audienceMatchPolicy",
                        "egressSelectorType")),
                fields.objects(
                        "claimValidationRules",
                        rule -> new ClaimValidationRule(
                                rule.text("claim"),
                                rule.text("requiredValue"),
                                rule.text("expression"),
                                rule.text("message")),
                        "claim",
                        "requiredValue",
                        "expression",
                        "message"),
                mappings(fields.object("claimMappings", "username", "groups", "uid", "extra")),
                fields.objects(
                        "userValidationRules",
                        rule -> new UserValidationRule(rule.text("expression"), rule.text("message")),
                        "expression",
                        "message"));
    }

    private static IssuerFields issuer(Fields fields) {
        return new IssuerFields(
                fields.text("url"),
                fields.text("discoveryURL"),
                fields.text("certificateAuthority"),
                fields.texts("audiences"),
                fields.text("audienceMatchPolicy"),
                fields.text("egressSelectorType"));
    }

    private static ClaimMappings mappings(Fields fields) {
        var uid = fields.object("uid", "claim", "expression");
        return new ClaimMappings(
                prefixed(fields.object("username", "claim", "prefix", "expression")),
                prefixed(fields.object("groups", "claim", "prefix", "expression")),
                new Mapping(uid.text("claim"), uid.text("expression")),
                fields.objects(
                        "extra",
                        extra -> new ExtraMapping(extra.text("key"), extra.text("valueExpression")),
                        "key",
                        "valueExpression"));
    }

    private static PrefixedMapping prefixed(Fields fields) {
        return new PrefixedMapping(fields.text("claim"), fields.optional("prefix"), fields.text("expression"));
    }
}
