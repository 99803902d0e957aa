package dev.muster.apiserver.review;

import static dev.muster.apiserver.review.ReviewTesting.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.StatusException;
import dev.muster.core.access.RuleResolver.PathRule;
import dev.muster.core.access.RuleResolver.ResourceRule;
import dev.muster.core.access.RuleResolver.Rules;
import dev.muster.core.identity.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who am I, and what may I? */
class OwnReviewsTest {

    private static final User ALICE = new User(
            "alice", "", List.of("dev", User.AUTHENTICATED), Map.of(User.CREDENTIAL_ID, List.of("X509SHA256=00")));

    private static ObjectNode rules(String spec, Rules answer) {
        var reviews =
                new RulesReviews(ReviewTesting.type("authorization.k8s.io", "SelfSubjectRulesReview"), (user, ns) -> {
                    assertThat(user).isEqualTo(ALICE);
                    assertThat(ns).isEqualTo("ns");
                    return answer;
                });
        return ReviewTesting.ask(reviews, ALICE, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", spec);
    }

    @Test
    void whoamiShowsTheEffectiveUser() {
        var reviews = new SelfSubjectReviews(
                ReviewTesting.type("authentication.k8s.io", "SelfSubjectReview"),
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z")));
        assertThat(ReviewTesting.ask(reviews, ALICE, "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}"))
                .isEqualTo(json("{'kind':'SelfSubjectReview','apiVersion':'authentication.k8s.io/v1',"
                        + "'metadata':{'creationTimestamp':'2026-01-02T03:04:05Z'},'status':{'userInfo':{"
                        + "'username':'alice','groups':['dev','system:authenticated'],"
                        + "'extra':{'authentication.kubernetes.io/credential-id':['X509SHA256=00']}}}}"));
    }

    @Test
    void rulesAreListedAsTheyCome() {
        var pods = new ResourceRule(List.of("get"), List.of(""), List.of("pods"), List.of("p"));
        var all = new ResourceRule(List.of("*"), List.of("*"), List.of("*"), List.of());
        var health = new PathRule(List.of("get"), List.of("/healthz", "/livez*"));
        assertThat(rules(
                        "{'spec':{'namespace':'ns'}}",
                        new Rules(List.of(pods, pods, all), List.of(health), false, List.of())))
                .isEqualTo(json("{'kind':'SelfSubjectRulesReview','apiVersion':'authorization.k8s.io/v1','metadata':{},"
                        + "'spec':{},'status':{'resourceRules':["
                        + "{'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['p']},"
                        + "{'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['p']},"
                        + "{'verbs':['*'],'apiGroups':['*'],'resources':['*']}],"
                        + "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/healthz','/livez*']}],"
                        + "'incomplete':false}}"));
    }

    @Test
    void whatCouldNotBeListedIsSaid() {
        var one = rules("{'spec':{'namespace':'ns'}}", new Rules(List.of(), List.of(), true, List.of("no")));
        assertThat(one.path("status"))
                .isEqualTo(json("{'resourceRules':[],'nonResourceRules':[],'incomplete':true,'evaluationError':'no'}"));
        var two = rules("{'spec':{'namespace':'ns'}}", new Rules(List.of(), List.of(), true, List.of("no", "nor")));
        assertThat(two.path("status").path("evaluationError").asText()).isEqualTo("[no, nor]");
    }

    @Test
    void aRulesReviewWithoutANamespaceIsABadRequest() {
        assertThatThrownBy(() -> rules("{'spec':{}}", null)).isInstanceOfSatisfying(StatusException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().message()).isEqualTo("no namespace on request");
        });
    }
}
