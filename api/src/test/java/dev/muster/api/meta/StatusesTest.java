package dev.muster.api.meta;

import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.fixture.Types;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.identity.User;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusesTest {

    record Row(Status status, int code, String reason, String message, String details) {}

    static Stream<Row> statuses() {
        var cause = new Status.Cause("FieldValueRequired", "Required value", "rules[0].verbs");
        return Stream.of(
                new Row(
                        Statuses.notFound(Types.SECRET, "x"),
                        404,
                        "NotFound",
                        "secrets \"x\" not found",
                        "{name:'x',kind:'secrets'}"),
                new Row(
                        Statuses.alreadyExists(Types.ROLE, "x"),
                        409,
                        "AlreadyExists",
                        "roles.rbac.authorization.k8s.io \"x\" already exists",
                        "{name:'x',group:'rbac.authorization.k8s.io',kind:'roles'}"),
                new Row(
                        Statuses.modified(Types.ROLE, "x"),
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on roles.rbac.authorization.k8s.io \"x\": the object has been modified;"
                                + " please apply your changes to the latest version and try again",
                        "{name:'x',group:'rbac.authorization.k8s.io',kind:'roles'}"),
                new Row(
                        Statuses.invalid(Types.ROLE.gvk(), "x", List.of(cause)),
                        422,
                        "Invalid",
                        "Role.rbac.authorization.k8s.io \"x\" is invalid: rules[0].verbs: Required value",
                        "{name:'x',group:'rbac.authorization.k8s.io',kind:'Role',causes:[{reason:'FieldValueRequired',message:"
                                + "'Required value',field:'rules[0].verbs'}]}"),
                new Row(
                        Statuses.invalid(Types.ROLE.gvk(), "x", List.of(cause, cause)),
                        422,
                        "Invalid",
                        "Role.rbac.authorization.k8s.io \"x\" is invalid: rules[0].verbs: Required value",
                        null),
                new Row(
                        Statuses.invalid(
                                Types.POD.gvk(), "x", List.of(cause, FieldErrors.immutable(FieldPath.of("a"), 1))),
                        422,
                        "Invalid",
                        "Pod \"x\" is invalid: [rules[0].verbs: Required value, a: Invalid value: 1: field is immutable]",
                        null),
                new Row(RequestStatuses.unauthorized(), 401, "Unauthorized", "Unauthorized", "missing"),
                new Row(
                        RequestStatuses.methodNotSupported("", "pods", "deletecollection"),
                        405,
                        "MethodNotAllowed",
                        "deletecollection is not supported on resources of kind \"pods\"",
                        "{kind:'pods'}"),
                new Row(
                        RequestStatuses.notAcceptable(List.of("application/json", "application/yaml")),
                        406,
                        "NotAcceptable",
                        "only the following media types are accepted: application/json, application/yaml",
                        "missing"),
                new Row(
                        RequestStatuses.unsupportedMediaType(List.of("application/json-patch+json")),
                        415,
                        "UnsupportedMediaType",
                        "the body of the request was in an unknown format - accepted media types include:"
                                + " application/json-patch+json",
                        "missing"),
                new Row(
                        RequestStatuses.bodyTooLarge(3145728),
                        413,
                        "RequestEntityTooLarge",
                        "Request entity too large: limit is 3145728",
                        "missing"),
                new Row(RequestStatuses.timeout("slow", 0), 504, "Timeout", "Timeout: slow", "{}"),
                new Row(
                        RequestStatuses.serverTimeout("", "pods", "create", 2),
                        500,
                        "ServerTimeout",
                        "The create operation against pods could not be completed at this time, please try again.",
                        "{name:'create',kind:'pods',retryAfterSeconds:2}"),
                new Row(
                        RequestStatuses.internalError("disk full"),
                        500,
                        "InternalError",
                        "Internal error occurred: disk full",
                        "{causes:[{message:'disk full'}]}"),
                new Row(
                        Statuses.tooOldResourceVersion(3, 7),
                        410,
                        "Expired",
                        "too old resource version: 3 (7)",
                        "missing"),
                new Row(
                        Statuses.tooLargeResourceVersion(9, 7, 1),
                        504,
                        "Timeout",
                        "Timeout: Too large resource version: 9, current: 7",
                        "{causes:[{reason:'ResourceVersionTooLarge',message:'Too large resource version'}],"
                                + "retryAfterSeconds:1}"));
    }

    @ParameterizedTest
    @MethodSource
    void statuses(Row row) {
        var body = row.status().toTree();
        assertThat(body.get("code").asInt()).isEqualTo(row.code());
        assertThat(body.get("reason").asText()).isEqualTo(row.reason());
        assertThat(body.get("message").asText()).isEqualTo(row.message());
        if ("missing".equals(row.details())) {
            assertThat(body.has("details")).isFalse();
        } else if (row.details() != null) {
            assertThat(body.get("details")).isEqualTo(tree(row.details()));
        }
    }

    @Test
    void aHundredThousandCausesAreNotAllTold() {
        var cause = FieldErrors.required(FieldPath.of("a"), "");
        var details = Statuses.invalid(Types.POD.gvk(), "x", Collections.nCopies(100_000, cause))
                .details()
                .orElseThrow();
        assertThat(details.causes()).hasSize(201);
        assertThat(details.causes().getLast().message()).isEqualTo("and 99800 more");
    }

    @Test
    void anExpiredListTellsWhereToGoOn() {
        var body = Statuses.continueExpired("token").toTree();
        assertThat(body.get("metadata")).isEqualTo(tree("{continue:'token'}"));
        assertThat(body.get("message").asText())
                .endsWith("between the time the first chunk was returned and now may show up in the list.");
        assertThat(Statuses.continueExpired("").toTree().get("metadata")).isEqualTo(tree("{}"));
    }

    record Refused(ResourceAttributes asked, String reason, String message, String details) {}

    static Stream<Refused> refusals() {
        var bob = User.of("bob");
        return Stream.of(
                new Refused(
                        ResourceAttributes.of(bob, "list", "default", "", "pods", "", ""),
                        "",
                        "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \"\" in the namespace"
                                + " \"default\"",
                        "{kind:'pods'}"),
                new Refused(
                        ResourceAttributes.of(bob, "get", "", "apps", "deployments", "", "x"),
                        "",
                        "deployments.apps \"x\" is forbidden: User \"bob\" cannot get resource \"deployments\" in API group"
                                + " \"apps\" at the cluster scope",
                        "{name:'x',group:'apps',kind:'deployments'}"),
                new Refused(
                        ResourceAttributes.of(bob, "get", "n", "", "pods", "log", "x"),
                        "RBAC: role not found",
                        "pods \"x\" is forbidden: User \"bob\" cannot get resource \"pods/log\" in API group \"\" in the"
                                + " namespace \"n\": RBAC: role not found",
                        "{name:'x',kind:'pods'}"),
                new Refused(
                        ResourceAttributes.of(User.of("<b>&\""), "get", "", "", "nodes", "", ""),
                        "",
                        "nodes is forbidden: User \"&lt;b&gt;&amp;\\\"\" cannot get resource \"nodes\" in API group \"\" at the"
                                + " cluster scope",
                        "{kind:'nodes'}"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Refused row) {
        var body = ForbiddenStatuses.forbidden(row.asked(), row.reason()).toTree();
        assertThat(body.get("message").asText()).isEqualTo(row.message());
        assertThat(body.get("details")).isEqualTo(tree(row.details()));
        assertThat(body.get("code").asInt()).isEqualTo(403);
    }

    @Test
    void aPathIsRefusedByItself() {
        var body = ForbiddenStatuses.forbidden(new PathAttributes(User.of("bob"), "get", "/metrics"), "")
                .toTree();
        assertThat(body.get("message").asText()).isEqualTo("forbidden: User \"bob\" cannot get path \"/metrics\"");
        assertThat(body.get("details")).isEqualTo(tree("{}"));
    }

    @Test
    void textsAreQuotedAsGoQuotesThem() {
        assertThat(GoText.quote("a\"b\\\n\t\u0007\u000b\u0000\u007f\u00a0é\u2028😀\ud800"))
                .isEqualTo("\"a\\\"b\\\\\\n\\t\\a\\v\\x00\\x7f\\u00a0é\\u2028😀\ufffd\"");
        assertThat(GoText.value(tree("{a:'<&>'}"))).isEqualTo("{\"a\":\"\\u003c\\u0026\\u003e\"}");
    }
}
