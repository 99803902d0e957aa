package dev.muster.api.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Scalar;
import dev.muster.api.kinds.MessageType.Shape;
import dev.muster.api.kinds.MessageType.Trait;
import dev.muster.api.meta.Gvk;
import org.junit.jupiter.api.Test;

class KindsTest {

    private static final Kinds KINDS = Kinds.load();

    @Test
    void everyKindOfTheFirstFrontIsThere() {
        assertThat(KINDS.all())
                .extracting(t -> t.gvk().apiVersion() + " " + t.gvk().kind())
                .containsExactly(
                        "v1 Namespace",
                        "v1 ConfigMap",
                        "v1 Secret",
                        "v1 ServiceAccount",
                        "v1 Node",
                        "v1 Pod",
                        "v1 Event",
                        "authentication.k8s.io/v1 SelfSubjectReview",
                        "authentication.k8s.io/v1 TokenReview",
                        "authentication.k8s.io/v1beta1 SelfSubjectReview",
                        "authentication.k8s.io/v1beta1 TokenReview",
                        "authorization.k8s.io/v1 LocalSubjectAccessReview",
                        "authorization.k8s.io/v1 SelfSubjectAccessReview",
                        "authorization.k8s.io/v1 SelfSubjectRulesReview",
                        "authorization.k8s.io/v1 SubjectAccessReview",
                        "certificates.k8s.io/v1 CertificateSigningRequest",
                        "rbac.authorization.k8s.io/v1 ClusterRole",
                        "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
                        "rbac.authorization.k8s.io/v1 Role",
                        "rbac.authorization.k8s.io/v1 RoleBinding",
                        "identity.muster.dev/v1alpha1 AccessToken",
                        "identity.muster.dev/v1alpha1 ClientCertificate",
                        "identity.muster.dev/v1alpha1 Refusal",
                        "identity.muster.dev/v1alpha1 Revocation");
    }

    @Test
    void everyMessageAndEveryMessageItLeadsToCanBeRead() {
        for (String name : KINDS.messages()) {
            for (var field : KINDS.message(name).byNumber().values()) {
                if (field.isMessage()) {
                    assertThat(KINDS.message(field.message()).name()).isEqualTo(field.message());
                }
            }
        }
        assertThat(KINDS.messages()).hasSizeGreaterThan(150);
    }

    @Test
    void aPodIsFoundByUrlAndByKind() {
        var pod = KINDS.byResource("", "v1", "pods").orElseThrow();
        assertThat(KINDS.byKind(new Gvk("", "v1", "Pod"))).containsSame(pod);
        assertThat(pod.namespaced()).isTrue();
        assertThat(pod.shortNames()).containsExactly("po");
        assertThat(pod.categories()).containsExactly("all");
        assertThat(pod.listSchema().name()).isEqualTo("k8s.io.api.core.v1.PodList");
        assertThat(pod.columns())
                .extracting(ResourceType.Column::name)
                .containsExactly(
                        "Name",
                        "Ready",
                        "Status",
                        "Restarts",
                        "Age",
                        "IP",
                        "Node",
                        "Nominated Node",
                        "Readiness Gates");
    }

    @Test
    void listsKnowHowTheyMerge() {
        var spec = KINDS.message("k8s.io.api.core.v1.PodSpec").byName();
        assertThat(spec.get("containers").listType()).isEqualTo("map");
        assertThat(spec.get("containers").mergeKeys()).containsExactly("name");
        assertThat(spec.get("containers").patchMergeKey()).isEqualTo("name");
        assertThat(spec.get("containers").is(Trait.REQUIRED)).isTrue();
        assertThat(spec.get("tolerations").listType()).isEqualTo("atomic");
        assertThat(spec.get("tolerations").patchStrategy()).isEmpty();
        assertThat(spec.get("volumes").patchStrategy()).isEqualTo("merge,retainKeys");
        assertThat(spec.get("nodeSelector").shape()).isEqualTo(Shape.MAP);
        var meta =
                KINDS.message("k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta").byName();
        assertThat(meta.get("finalizers").patchStrategy()).isEqualTo("merge");
        assertThat(meta.get("ownerReferences").patchMergeKey()).isEqualTo("uid");
        assertThat(KINDS.message("k8s.io.api.core.v1.Container")
                        .byName()
                        .get("ports")
                        .mergeKeys())
                .containsExactly("containerPort", "protocol");
    }

    @Test
    void inlinedMessagesAreFlatInJsonAndWholeOnTheWire() {
        var volume = KINDS.message("k8s.io.api.core.v1.Volume");
        assertThat(volume.byName())
                .containsKeys("name", "configMap", "emptyDir")
                .doesNotContainKey("volumeSource");
        assertThat(volume.byNumber().get(2).is(Trait.INLINE)).isTrue();
        assertThat(KINDS.message("k8s.io.api.core.v1.EphemeralContainer").byName())
                .containsKeys("name", "image", "targetContainerName");
        assertThat(KINDS.message("k8s.io.api.core.v1.Probe").byName()).containsKeys("exec", "httpGet", "periodSeconds");
    }

    @Test
    void objectsBeginWithApiVersionAndKind() {
        assertThat(KINDS.message("k8s.io.api.core.v1.Secret").byName().keySet())
                .startsWith("apiVersion", "kind", "metadata");
    }

    @Test
    void messagesWithTheirOwnFormInJsonAreKnown() {
        assertThat(KINDS.message("k8s.io.apimachinery.pkg.apis.meta.v1.Time").form())
                .isEqualTo(Form.TIME);
        assertThat(KINDS.message("k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime")
                        .form())
                .isEqualTo(Form.MICRO_TIME);
        assertThat(KINDS.message("k8s.io.apimachinery.pkg.api.resource.Quantity")
                        .form())
                .isEqualTo(Form.QUANTITY);
        assertThat(KINDS.message("k8s.io.apimachinery.pkg.util.intstr.IntOrString")
                        .form())
                .isEqualTo(Form.INT_OR_STRING);
        assertThat(KINDS.message("k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1")
                        .form())
                .isEqualTo(Form.RAW);
        assertThat(KINDS.message("k8s.io.api.authentication.v1.ExtraValue").form())
                .isEqualTo(Form.STRING_LIST);
        assertThat(KINDS.message("k8s.io.api.authorization.v1.ExtraValue").form())
                .isEqualTo(Form.STRING_LIST);
        var extra =
                KINDS.message("k8s.io.api.authentication.v1.UserInfo").byName().get("extra");
        assertThat(extra.shape()).isEqualTo(Shape.MAP);
        assertThat(extra.scalar()).isEqualTo(Scalar.MESSAGE);
        assertThat(KINDS.message("k8s.io.api.authorization.v1.SubjectAccessReviewSpec")
                        .byName())
                .containsKey("uid");
    }

    @Test
    void bodiesThatOnlyTravelAreKnown() {
        assertThat(KINDS.bodyOf(new Gvk("authentication.k8s.io", "v1", "TokenRequest")))
                .isPresent();
        assertThat(KINDS.bodyOf(new Gvk("rbac.authorization.k8s.io", "v1", "DeleteOptions")))
                .isPresent();
        assertThat(KINDS.bodyOf(new Gvk("", "v1", "PodList"))).isPresent();
        assertThat(KINDS.bodyOf(new Gvk("apps", "v1", "Deployment"))).isEmpty();
    }

    @Test
    void kindsOfOurOwnComeFromTextOfTheSameForm() {
        var kinds = Kinds.of("""
                kind example.muster.dev/v1 Badge dev.muster.example.v1.Badge badges badge cluster stored
                short bg
                column Name|string|name|0|Its name.
                message dev.muster.example.v1.Badge object
                 apiVersion 0 string
                 kind 0 string
                 spec 2 dev.muster.example.v1.BadgeSpec
                message dev.muster.example.v1.BadgeList object
                 items 2 []dev.muster.example.v1.Badge
                message dev.muster.example.v1.BadgeSpec object
                 colours 1 []string list=set
                """);
        var badge = kinds.byResource("example.muster.dev", "v1", "badges").orElseThrow();
        assertThat(badge.qualifiedName()).isEqualTo("badges.example.muster.dev");
        assertThat(kinds.message("dev.muster.example.v1.BadgeSpec")
                        .byName()
                        .get("colours")
                        .listType())
                .isEqualTo("set");
    }

    @Test
    void ourOwnKindsAreKnownBesideKubernetes() {
        var refusals =
                KINDS.byResource("identity.muster.dev", "v1alpha1", "refusals").orElseThrow();
        assertThat(refusals.stored()).isFalse();
        assertThat(refusals.listSchema().byName()).containsKey("items");
        assertThat(refusals.columns())
                .allSatisfy(column -> assertThat(column.path()).isNotEmpty());
        assertThat(refusals.schema().byName().get("code").description()).startsWith("401:");
    }

    @Test
    void everyFieldOfOurOwnMessagesIsDescribedAndHasItsOwnNumber() {
        for (String name : KINDS.messages()) {
            if (name.startsWith("dev.muster.")) {
                var message = KINDS.message(name);
                assertThat(message.byName().values())
                        .as(name)
                        .allSatisfy(field ->
                                assertThat(field.description()).as(field.json()).endsWith("."));
                assertThat(message.byName().values().stream().filter(f -> f.number() > 0))
                        .as(name)
                        .hasSameSizeAs(message.byNumber().values());
            }
        }
    }
}
