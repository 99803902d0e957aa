package dev.muster.apiserver.review;

import static dev.muster.apiserver.review.ReviewTesting.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.review.AccessReviews.Of;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Attributes.Selectors;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** May they? */
class AccessReviewsTest {

    private static final User ASKER = User.of("asker", "askers");
    private Attributes asked;
    private Decision next = Decision.NO_OPINION;

    private ObjectNode review(Of of, String body) {
        var kind = switch (of) {
            case SUBJECT -> "SubjectAccessReview";
            case SUBJECT_IN_NAMESPACE -> "LocalSubjectAccessReview";
            case SELF -> "SelfSubjectAccessReview";
        };
        var reviews = new AccessReviews(ReviewTesting.type("authorization.k8s.io", kind), of, attributes -> {
            asked = attributes;
            return next;
        });
        String path = of == Of.SUBJECT_IN_NAMESPACE
                ? "/apis/authorization.k8s.io/v1/namespaces/ns/localsubjectaccessreviews"
                : "/apis/authorization.k8s.io/v1/reviews";
        return ReviewTesting.ask(reviews, ASKER, path, body);
    }

    private ObjectNode self(String resource) {
        return (ObjectNode) review(Of.SELF, "{'spec':{'resourceAttributes':" + resource + "}}")
                .path("status");
    }

    @Test
    void aSubjectIsAskedAboutWithEverythingSaidOfHim() {
        review(
                Of.SUBJECT,
                "{'spec':{'user':'jane','uid':'7','groups':['a','b'],'extra':{'Some/Key':['x','y']},"
                        + "'resourceAttributes':{'namespace':'ns','verb':'get','group':'apps','version':'v1',"
                        + "'resource':'deployments','subresource':'scale','name':'d'}}}");
        var jane = new User("jane", "7", List.of("a", "b"), Map.of("Some/Key", List.of("x", "y")));
        assertThat(asked)
                .isEqualTo(new ResourceAttributes(
                        jane, "get", "ns", "apps", "v1", "deployments", "scale", "d", "", Optional.empty()));
    }

    @Test
    void aReviewOfOneselfIsAboutTheCallerWhateverTheBodySays() {
        review(
                Of.SELF,
                "{'spec':{'user':'root','groups':['system:masters'],'nonResourceAttributes':{'path':'/x','verb':'get'}}}");
        assertThat(asked).isEqualTo(new PathAttributes(ASKER, "get", "/x"));
    }

    @Test
    void anEmptyVersionMeansAny() {
        self("{'verb':'list','resource':'pods'}");
        assertThat(asked)
                .isInstanceOfSatisfying(
                        ResourceAttributes.class,
                        r -> assertThat(r.apiVersion()).isEqualTo("*"));
    }

    @Test
    void anAllowIsAllowedWithItsReason() {
        next = Decision.allow("RBAC: allowed by x");
        assertThat(self("{'verb':'get'}")).isEqualTo(json("{'allowed':true,'reason':'RBAC: allowed by x'}"));
    }

    @Test
    void noOpinionIsNeitherAllowedNorDenied() {
        assertThat(self("{'verb':'get'}")).isEqualTo(json("{'allowed':false}"));
    }

    @Test
    void onlyAnExplicitDenyIsDenied() {
        next = Decision.deny("no");
        assertThat(self("{'verb':'get'}")).isEqualTo(json("{'allowed':false,'denied':true,'reason':'no'}"));
    }

    @Test
    void whatFailedIsAnEvaluationErrorAndNeverAnAllow() {
        next = new Decision.NoOpinion(Decision.Grounds.of("cannot read"), true);
        assertThat(self("{'verb':'get'}")).isEqualTo(json("{'allowed':false,'evaluationError':'cannot read'}"));
    }

    @Test
    void anAuthorizerThatHasToWaitIsWaitedFor() {
        next = new Decision.Elsewhere(() -> Decision.allow(""));
        assertThat(self("{'verb':'get'}")).isEqualTo(json("{'allowed':true}"));
    }

    @Test
    void theReviewComesBackWithItsAnswer() {
        assertThat(review(
                        Of.SELF,
                        "{'kind':'K','metadata':{},'spec':{'resourceAttributes':{}},'status':{'allowed':true}}"))
                .isEqualTo(
                        json("{'kind':'K','metadata':{},'spec':{'resourceAttributes':{}},'status':{'allowed':false}}"));
    }

    @Test
    void aLocalReviewIsOfItsNamespace() {
        var review = review(
                Of.SUBJECT_IN_NAMESPACE,
                "{'spec':{'user':'u','resourceAttributes':{'namespace':'ns','verb':'get','resource':'pods'}}}");
        assertThat(review.path("metadata").path("namespace").asText()).isEqualTo("ns");
        assertThatThrownBy(
                        () -> review(
                                Of.SUBJECT_IN_NAMESPACE,
                                "{'metadata':{'namespace':'other'},'spec':{'user':'u','resourceAttributes':{'namespace':'other'}}}"))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        e -> assertThat(e.status().code()).isEqualTo(400));
    }

    record Bad(Of of, String body, String message) {}

    static List<Bad> invalid() {
        String fields = "spec.resourceAttributes.fieldSelector.";
        String labels = "spec.resourceAttributes.labelSelector.";
        return List.of(
                new Bad(
                        Of.SELF,
                        "{'spec':{}}",
                        "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or"
                                + " resourceAttributes must be specified"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{},'nonResourceAttributes':{}}}",
                        "spec.nonResourceAttributes: Invalid value: {}: cannot be specified in combination with"
                                + " resourceAttributes"),
                new Bad(
                        Of.SUBJECT,
                        "{'spec':{'resourceAttributes':{}}}",
                        "spec.user: Invalid value: \"\": at least one of user or group must be specified"),
                new Bad(
                        Of.SELF,
                        "{'metadata':{'name':'x'},'spec':{'resourceAttributes':{}}}",
                        "metadata: Invalid value: {\"name\":\"x\"}: must be empty"),
                new Bad(
                        Of.SUBJECT,
                        "{'metadata':{'namespace':'x'},'spec':{'user':'u','resourceAttributes':{}}}",
                        "metadata: Invalid value: {\"namespace\":\"x\"}: must be empty"),
                new Bad(
                        Of.SUBJECT_IN_NAMESPACE,
                        "{'metadata':{'labels':{'a':'b'}},'spec':{'user':'u','resourceAttributes':{'namespace':'ns'}}}",
                        "must be empty except for namespace"),
                new Bad(
                        Of.SUBJECT_IN_NAMESPACE,
                        "{'spec':{'user':'u','resourceAttributes':{'namespace':'other'}}}",
                        "spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace"),
                new Bad(
                        Of.SUBJECT_IN_NAMESPACE,
                        "{'spec':{'user':'u','nonResourceAttributes':{}}}",
                        "spec.nonResourceAttributes: Invalid value: {}: disallowed on this kind of request"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'fieldSelector':{'rawSelector':'a=b','requirements':[{'key':'a'}]}}}}",
                        fields
                                + "rawSelector: Invalid value: \"a=b\": may not specified at the same time as requirements"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'fieldSelector':{}}}}",
                        fields
                                + "requirements: Required value: when spec.resourceAttributes.fieldSelector is specified,"
                                + " requirements or rawSelector is required"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'fieldSelector':{'requirements':[{'operator':'In'}]}}}}",
                        fields + "requirements[0].key: Required value: must be specified"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'labelSelector':{'requirements':[{'key':'a','operator':'In'}]}}}}",
                        labels + "requirements[0].values: Required value: must be specified when `operator` is 'In' or"
                                + " 'NotIn'"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'labelSelector':{'requirements':"
                                + "[{'key':'a','operator':'Exists','values':['b']}]}}}}",
                        labels
                                + "requirements[0].values: Forbidden: may not be specified when `operator` is 'Exists' or"
                                + " 'DoesNotExist'"),
                new Bad(
                        Of.SELF,
                        "{'spec':{'resourceAttributes':{'labelSelector':{'requirements':[{'key':'-','operator':'Exists'}]}}}}",
                        labels + "requirements[0].key: Invalid value: \"-\": name part must consist of"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void aReviewOfTheWrongShapeIsInvalidWithItsCauses(Bad row) {
        assertThatThrownBy(() -> review(row.of(), row.body())).isInstanceOfSatisfying(StatusException.class, e -> {
            assertThat(e.status().code()).isEqualTo(422);
            assertThat(e.status().reason()).isEqualTo("Invalid");
            assertThat(e.status().message()).contains(row.message());
            assertThat(e.status().details().map(Status.Details::causes).orElseThrow())
                    .isNotEmpty();
        });
        assertThat(asked).isNull();
    }

    record Selected(String selector, Optional<Selectors> selectors, String error) {}

    static List<Selected> selectors() {
        String fields = "spec.resourceAttributes.fieldSelector ";
        String labels = "spec.resourceAttributes.labelSelector ";
        String in = "{'key':'spec.x','operator':'In','values':['a']}";
        return List.of(
                new Selected("'fieldSelector':{'rawSelector':'a=b'}", Optional.of(new Selectors("a=b", "")), ""),
                new Selected(
                        "'fieldSelector':{'rawSelector':'nonsense'}",
                        Optional.empty(),
                        fields + "ignored due to parse error"),
                new Selected(
                        "'fieldSelector':{'requirements':[" + in + "]}",
                        Optional.of(new Selectors("spec.x=a", "")),
                        ""),
                new Selected(
                        "'fieldSelector':{'requirements':[{'key':'x','operator':'NotIn','values':['a']}]}",
                        Optional.of(new Selectors("x!=a", "")),
                        ""),
                new Selected(
                        "'fieldSelector':{'requirements':[{'key':'x','operator':'Exists'}]}",
                        Optional.empty(),
                        fields + "ignored due to parse error"),
                new Selected(
                        "'fieldSelector':{'requirements':[" + in + ",{'key':'x','operator':'In','values':['a','b']}]}",
                        Optional.of(new Selectors("spec.x=a", "")),
                        fields + "partially ignored due to parse error"),
                new Selected(
                        "'labelSelector':{'rawSelector':'a in (b'}",
                        Optional.empty(),
                        labels + "ignored due to parse error"),
                new Selected(
                        "'labelSelector':{'requirements':[{'key':'a','operator':'DoesNotExist'},"
                                + "{'key':'b','operator':'Near','values':['c']}]}",
                        Optional.of(new Selectors("", "!a")),
                        labels + "partially ignored due to parse error"),
                new Selected(
                        "'fieldSelector':{'requirements':[{'key':'x','operator':'Exists'}]},'labelSelector':{'rawSelector':'!'}",
                        Optional.empty(),
                        fields + "ignored due to parse error; " + labels + "ignored due to parse error"));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void whatCannotBeReadOfASelectorIsLeftOutAndSaid(Selected row) {
        var status = self("{'verb':'list','resource':'pods'," + row.selector() + "}");
        assertThat(((ResourceAttributes) asked).selectors()).isEqualTo(row.selectors());
        assertThat(status.path("evaluationError").asText("")).isEqualTo(row.error());
        assertThat(status.path("allowed").asBoolean(true)).isFalse();
    }
}
