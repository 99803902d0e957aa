package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.object;
import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.fixture.Kubectl;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.meta.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** kubectl applies patches locally with Kubernetes' own code: what it makes of an object, we make of it. */
class PatchesAgainstKubectlTest {

    /** Up to 1.28, Kubernetes left directives in what it took whole from a patch. */
    private static final boolean LEAVES_DIRECTIVES = Kubectl.minor() < 29;

    private static final int PODS = 12;
    private static final int PATCHES = 60;
    private static final Kinds KINDS = Kinds.load();
    private static final MessageType POD = KINDS.message("k8s.io.api.core.v1.Pod");

    @Test
    void randomStrategicPatchesComeOutTheSame() {
        int refused = 0;
        for (int seed = 0; seed < PATCHES; seed++) {
            var scrambler = new Scrambler(seed);
            List<ObjectNode> pods = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                pods.add(scrambler.pod("pod-" + i));
            }
            ObjectNode patch = scrambler.patch();
            refused += compare("strategic", pods, patch, pod -> Patches.strategic(pod, patch, POD, KINDS));
        }
        assertThat(refused).isBetween(PODS, PODS * PATCHES / 2);
    }

    @Test
    void randomMergePatchesComeOutTheSame() {
        for (int seed = 100; seed < 120; seed++) {
            var scrambler = new Scrambler(seed);
            List<ObjectNode> pods = List.of(scrambler.pod("pod-1"), scrambler.pod("pod-2"), scrambler.pod("pod-3"));
            ObjectNode patch = scrambler.patch();
            compare("merge", pods, patch, pod -> (ObjectNode) Patches.merge(pod, patch));
        }
    }

    @Test
    void jsonPatchesComeOutTheSame() {
        List<ObjectNode> pods = List.of(
                object(
                        "{apiVersion:'v1',kind:'Pod',metadata:{name:'p',labels:{'a/b':'1'}},spec:{containers:[{name:'a'},"
                                + "{name:'b'}]}}"),
                object("{apiVersion:'v1',kind:'Pod',metadata:{name:'q'},spec:{containers:[]}}"));
        for (String patch : List.of(
                "[{op:'add',path:'/spec/containers/0',value:{name:'z'}}]",
                "[{op:'add',path:'/spec/containers/-',value:{name:'z'}}]",
                "[{op:'add',path:'/spec/containers/-1',value:{name:'z'}}]",
                "[{op:'add',path:'/spec/containers/1',value:{name:'z'}}]",
                "[{op:'replace',path:'/spec/containers/-1',value:{name:'z'}}]",
                "[{op:'replace',path:'/spec/containers/0/name',value:'z'}]",
                "[{op:'replace',path:'/spec/nodeName',value:'z'}]",
                "[{op:'remove',path:'/metadata/labels/a~1b'}]",
                "[{op:'remove',path:'/spec/containers/01'}]",
                "[{op:'remove',path:'/spec/containers/+1'}]",
                "[{op:'move',from:'/spec/containers/0',path:'/spec/containers/1'}]",
                "[{op:'copy',from:'/spec/containers/0',path:'/spec/containers/-'}]",
                "[{op:'copy',from:'/spec/none',path:'/spec/hostname'}]",
                "[{op:'test',path:'/spec/containers/0/name',value:'a'},{op:'add',path:'/spec/hostname',value:'h'}]",
                "[{op:'test',path:'/spec/none',value:null},{op:'add',path:'/spec/hostname',value:'h'}]",
                "[{op:'test',path:'/spec/containers',value:[]},{op:'add',path:'/spec/hostname',value:'h'}]",
                "[{op:'frob',path:'/spec'}]",
                "[{op:'add',path:'/spec/a/b',value:1}]",
                "[{op:'move',from:'/spec',path:'/spec/x'}]")) {
            var operations = (ArrayNode) tree(patch);
            compare("json", pods, operations, pod -> (ObjectNode) Patches.json(pod, operations));
        }
    }

    @Test
    void labelAnnotateAndSetImageAreOurPatches() {
        var pod = new Scrambler(7).pod("pod");
        pod.withObjectProperty("spec")
                .set("containers", tree("[{name:'b',image:'x'},{name:'a',image:'y',env:[{name:'E'}]}]"));
        var cases = Map.of(
                List.of("label", "new=1", "a-"), "{metadata:{labels:{new:'1',a:null}}}",
                List.of("annotate", "new=a b"), "{metadata:{annotations:{new:'a b'}}}",
                List.of("set", "image", "a=z"), "{spec:{containers:[{name:'b'},{name:'a',image:'z'}]}}");
        cases.forEach((command, patch) -> {
            var result =
                    Kubectl.local(List.of(pod), command.toArray(String[]::new)).get("pod");
            assertThat(result).as("kubectl %s", command).isNotNull();
            assertThat(bare(Patches.strategic(pod, object(patch), POD, KINDS)))
                    .isEqualTo(bare(withoutEmptyStructs(result)));
        });
    }

    private static int compare(
            String type, List<ObjectNode> pods, JsonNode patch, Function<ObjectNode, ObjectNode> ours) {
        var theirs = Kubectl.patch(type, pods, patch);
        int refused = 0;
        for (ObjectNode pod : pods) {
            String name = pod.path("metadata").path("name").asText();
            JsonNode result;
            try {
                result = bare(ours.apply(pod.deepCopy()));
            } catch (StatusException e) {
                assertThat(e.status().code()).isIn(400, 422);
                result = null;
                refused++;
            }
            JsonNode expected = theirs.containsKey(name) ? bare(theirs.get(name)) : null;
            if (LEAVES_DIRECTIVES) {
                Stream.of(expected, result).filter(Objects::nonNull).forEach(Directives::strip);
            }
            assertThat(result).as("%s%n%s%nof %s%ngives", type, patch, pod).isEqualTo(expected);
        }
        return refused;
    }

    /** {@code set image} prints what Go's structs hold, empty ones too. */
    private static ObjectNode withoutEmptyStructs(ObjectNode pod) {
        ObjectNode bare = pod.deepCopy();
        bare.remove("status");
        bare.at("/spec/containers").forEach(container -> ((ObjectNode) container).remove("resources"));
        return bare;
    }

    /** Without nulls and an empty creationTimestamp, which mean nothing. */
    private static ObjectNode bare(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        Directives.dropNulls(bare);
        if (bare.path("metadata").has("annotations")
                && bare.path("metadata").path("annotations").isEmpty()) {
            bare.withObjectProperty("metadata").remove("annotations");
        }
        return bare;
    }
}
