package dev.muster.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.Gvk;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Rbac;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufTest {

    private static final Kinds KINDS = Kinds.load();
    private static final Protobuf PROTOBUF = new Protobuf(KINDS);

    @Test
    void whatIsWrittenIsReadBackForEveryKind() {
        var fuzz = new Fuzz(11);
        for (ResourceType type : KINDS.all()) {
            for (int i = 0; i < 150; i++) {
                var object = object(fuzz, type);
                assertThat(PROTOBUF.parseObject(PROTOBUF.write(object)).value()).isEqualTo(object);
            }
        }
    }

    @Test
    void jsonAndProtobufOfAnObjectReadToTheSameTree() {
        var fuzz = new Fuzz(12);
        var check = new FieldCheck(KINDS);
        for (ResourceType type : KINDS.all()) {
            for (int i = 0; i < 30; i++) {
                var object = object(fuzz, type);
                var fromJson = Json.parseObject(Json.write(object)).value();
                assertThat(check.prune(fromJson, type.schema())).isEmpty();
                assertThat(PROTOBUF.parseObject(PROTOBUF.write(object)).value()).isEqualTo(fromJson);
            }
        }
    }

    private static ObjectNode object(Fuzz fuzz, ResourceType type) {
        var object = fuzz.of(KINDS, type.schema(), 6);
        return object.put("kind", type.gvk().kind())
                .put("apiVersion", type.gvk().apiVersion());
    }

    @Test
    void kubernetesOwnClassesReadWhatWeWrite() throws Exception {
        var fuzz = new Fuzz(13);
        var pods = KINDS.byKind(new Gvk("", "v1", "Pod")).orElseThrow();
        for (int i = 0; i < 300; i++) {
            var object = object(fuzz, pods);
            var unknown = Runtime.Unknown.parseFrom(afterMagic(PROTOBUF.write(object)));
            var pod = V1.Pod.parseFrom(unknown.getRaw());
            assertThat(pod.getUnknownFields().asMap()).isEmpty();
            assertThat(pod.getMetadata().getName())
                    .isEqualTo(object.path("metadata").path("name").asText(""));
            assertThat(pod.getSpec().getContainersCount())
                    .isEqualTo(object.path("spec").path("containers").size());
            // Written again by Kubernetes' classes, it must read to the same tree.
            byte[] again = envelope("v1", "Pod", pod.toByteArray());
            assertThat(PROTOBUF.parseObject(again).value()).isEqualTo(object);
        }
    }

    @Test
    void kubernetesOwnFormsAreShownAsInJson() {
        var pod = V1.Pod.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("p")
                        .setNamespace("")
                        .setGeneration(0)
                        .setCreationTimestamp(
                                Meta.Time.newBuilder().setSeconds(1_600_000_000).setNanos(999))
                        .setDeletionTimestamp(Meta.Time.newBuilder()))
                .setSpec(V1.PodSpec.newBuilder()
                        .setHostNetwork(false)
                        .setAutomountServiceAccountToken(false)
                        .addVolumes(V1.Volume.newBuilder()
                                .setName("v")
                                .setVolumeSource(
                                        V1.VolumeSource.newBuilder().setEmptyDir(V1.EmptyDirVolumeSource.newBuilder())))
                        .addContainers(V1.Container.newBuilder()
                                .setName("c")
                                .setImage("")
                                .setLivenessProbe(V1.Probe.newBuilder()
                                        .setHandler(V1.ProbeHandler.newBuilder()
                                                .setHttpGet(V1.HTTPGetAction.newBuilder()
                                                        .setPort(IntStr.IntOrString.newBuilder()
                                                                .setType(1)
                                                                .setIntVal(0)
                                                                .setStrVal("http")))))))
                .build();
        assertThat(PROTOBUF.parseObject(envelope("v1", "Pod", pod.toByteArray()))
                        .value()
                        .toString()
                        .replace('"', '\''))
                .isEqualTo(
                        "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'p','creationTimestamp':'2020-09-13T12:26:40Z'},"
                                + "'spec':{'volumes':[{'name':'v','emptyDir':{}}],"
                                + "'containers':[{'name':'c','livenessProbe':{'httpGet':{'port':'http'}}}],"
                                + "'automountServiceAccountToken':false}}");
    }

    @Test
    void zerosThatMeanSomethingAreKept() {
        var review = V1Authorization.SubjectAccessReview.newBuilder()
                .setSpec(V1Authorization.SubjectAccessReviewSpec.newBuilder()
                        .setUser("u")
                        .setUid("")
                        .putExtra(
                                "k",
                                V1Authorization.ExtraValue.newBuilder()
                                        .addItems("a")
                                        .addItems("")
                                        .build()))
                .setStatus(V1Authorization.SubjectAccessReviewStatus.newBuilder()
                        .setAllowed(false)
                        .setDenied(false)
                        .setReason(""))
                .build();
        var tree = PROTOBUF.parseObject(
                        envelope("authorization.k8s.io/v1", "SubjectAccessReview", review.toByteArray()))
                .value();
        assertThat(tree.get("spec").toString()).isEqualTo("{\"user\":\"u\",\"extra\":{\"k\":[\"a\",\"\"]}}");
        assertThat(tree.get("status").toString()).isEqualTo("{\"allowed\":false}");
        var binding = V1Rbac.RoleBinding.newBuilder()
                .setRoleRef(V1Rbac.RoleRef.newBuilder().setApiGroup("").setKind("Role"))
                .build();
        assertThat(PROTOBUF.parseObject(envelope("rbac.authorization.k8s.io/v1", "RoleBinding", binding.toByteArray()))
                        .value()
                        .get("roleRef")
                        .toString())
                .isEqualTo("{\"apiGroup\":\"\",\"kind\":\"Role\"}");
    }

    @Test
    void aMessageGivenTwiceIsMergedAndAScalarsLastValueCounts() {
        byte[] twice = concat(
                V1.Pod.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setName("a").putLabels("x", "1"))
                        .build()
                        .toByteArray(),
                V1.Pod.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setName("b").putLabels("y", "2"))
                        .build()
                        .toByteArray());
        assertThat(PROTOBUF.parseObject(envelope("v1", "Pod", twice))
                        .value()
                        .get("metadata")
                        .toString())
                .isEqualTo("{\"name\":\"b\",\"labels\":{\"x\":\"1\",\"y\":\"2\"}}");
    }

    @Test
    void unknownFieldsArePassedOver() {
        byte[] unknown = HexFormat.of().parseHex("f80101" + "f90101020304050607ff" + "fa0102ffff" + "fd0101020304");
        byte[] pod = concat(
                unknown,
                V1.Pod.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setName("a"))
                        .build()
                        .toByteArray());
        assertThat(PROTOBUF.parseObject(envelope("v1", "Pod", pod))
                        .value()
                        .path("metadata")
                        .path("name")
                        .asText())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "0a => unexpected EOF",
                "0aff => unexpected EOF",
                "0a05 => unexpected EOF",
                "0affffffff0f => unexpected EOF",
                "0affffffffffffffffff01 => proto: negative length found during unmarshaling",
                "0affffffffffffffffffff01 => proto: integer overflow",
                "08 => proto: wrong wireType = 0 for field metadata",
                "0900 => proto: wrong wireType = 1 for field metadata",
                "0b => proto: wrong wireType = 3 for field metadata",
                "f301f401 => proto: illegal wireType 3",
                "ff01 => proto: illegal wireType 7",
                "00 => proto: illegal tag 0 (wire type 0)",
                "0200 => proto: illegal tag 0 (wire type 2)",
                "0a040a02c080 => a string is not UTF-8",
                "0a 0c 42 0a 08 ff ff ff ff ff ff ff ff 7f => a time outside the years 0 to 9999",
            })
    void spoiledMessagesAreRefused(String hex, String message) {
        assertThatThrownBy(() -> PROTOBUF.parseObject(
                        envelope("v1", "Pod", HexFormat.of().parseHex(hex.replace(" ", "")))))
                .isInstanceOf(MalformedBody.class)
                .hasMessage(message);
    }

    @Test
    void envelopesThatAreNoneAreRefused() {
        for (byte[] body : new byte[][] {
            {},
            {'k', '8', 's', 0},
            {'k', '8', 's'},
            "{}".getBytes(StandardCharsets.UTF_8),
            envelope("v1", "", new byte[0]),
            envelope("", "Pod", new byte[0]),
            envelope("v1", "Nothing", new byte[0]),
            concat(
                    new byte[] {'k', '8', 's', 0},
                    Runtime.Unknown.newBuilder()
                            .setTypeMeta(Runtime.TypeMeta.newBuilder()
                                    .setApiVersion("v1")
                                    .setKind("Pod"))
                            .setContentEncoding("gzip")
                            .build()
                            .toByteArray())
        }) {
            assertThatThrownBy(() -> PROTOBUF.parseObject(body)).isInstanceOf(MalformedBody.class);
        }
    }

    @Test
    void anEnvelopeThatDoesNotSayItsKindIsWhatTheUrlSays() {
        assertThat(PROTOBUF.parseObject(envelope("", "", new byte[0]), new Gvk("", "v1", "Secret"))
                        .value()
                        .path("kind")
                        .asText())
                .isEqualTo("Secret");
    }

    @Test
    void theNumberOfValuesIsBounded() {
        var meta = Meta.ObjectMeta.newBuilder();
        for (int i = 0; i <= Limits.VALUES; i++) {
            meta.addFinalizers("");
        }
        byte[] pod = V1.Pod.newBuilder().setMetadata(meta).build().toByteArray();
        assertThatThrownBy(() -> PROTOBUF.parseObject(envelope("v1", "Pod", pod)))
                .isInstanceOf(MalformedBody.class)
                .hasMessageStartingWith("more than");
    }

    @Test
    void spoiledBytesEndInATreeOrARefusal() {
        var fuzz = new Fuzz(14);
        int taken = 0;
        for (int i = 0; i < 40_000; i++) {
            var type = KINDS.all().get(fuzz.below(KINDS.all().size()));
            byte[] body = i % 10 == 0
                    ? envelope(type.gvk().apiVersion(), type.gvk().kind(), fuzz.bytes(60))
                    : fuzz.mutate(PROTOBUF.write(object(fuzz, type)));
            try {
                Json.write(PROTOBUF.parseObject(body).value());
                taken++;
            } catch (MalformedBody e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private static byte[] envelope(String apiVersion, String kind, byte[] raw) {
        var unknown = Runtime.Unknown.newBuilder()
                .setTypeMeta(
                        Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(com.google.protobuf.ByteString.copyFrom(raw))
                .setContentEncoding("")
                .setContentType("")
                .build();
        return concat(new byte[] {'k', '8', 's', 0}, unknown.toByteArray());
    }

    private static byte[] afterMagic(byte[] body) {
        return Arrays.copyOfRange(body, 4, body.length);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
