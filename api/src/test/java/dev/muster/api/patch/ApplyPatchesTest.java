package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.fixture.ApplyCapture;
import dev.muster.api.fixture.Kubectl;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.strategy.pod.PodStrategy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches that {@code kubectl apply} itself computes bring a live object to what its new manifest says. */
class ApplyPatchesTest {

    private static final Kinds KINDS = Kinds.load();
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    record Row(String before, String after) {}

    static Stream<Row> manifests() {
        String two =
                "{containers:[{name:'a',image:'x',env:[{name:'E',value:'1'},{name:'F',value:'2'}]},{name:'b',image:'y'}]}";
        return Stream.of(
                new Row(two, two.replace("'x'", "'z'")),
                new Row(two, two.replace("{name:'E',value:'1'},", "")),
                new Row(
                        two,
                        two.replace(
                                "{name:'E',value:'1'},{name:'F',value:'2'}",
                                "{name:'F',value:'2'},{name:'E',value:'3'}")),
                new Row(two, "{containers:[{name:'b',image:'y'},{name:'c',image:'z'},{name:'a',image:'x'}]}"),
                new Row(two, "{containers:[{name:'b',image:'y',args:['q']}],nodeName:'n'}"),
                new Row(
                        "{containers:[{name:'a',image:'x'}],volumes:[{name:'v',emptyDir:{}},{name:'w',configMap:{name:'c'}}]}",
                        "{containers:[{name:'a',image:'x'}],volumes:[{name:'w',secret:{secretName:'s'}},{name:'v',emptyDir:{}}]}"),
                new Row(
                        "{containers:[{name:'a',image:'x'}],tolerations:[{key:'a',operator:'Exists'}]}",
                        "{containers:[{name:'a',image:'x'}],tolerations:[{key:'b',operator:'Exists'}]}"),
                new Row(
                        "{containers:[{name:'a',image:'x',ports:[{containerPort:1},{containerPort:2}]}],hostPID:true}",
                        "{containers:[{name:'a',image:'x',ports:[{containerPort:2,name:'p'},{containerPort:3}]}]}"));
    }

    @ParameterizedTest
    @MethodSource
    void manifests(Row row) {
        ObjectNode before = manifest(row.before());
        ObjectNode after = manifest(row.after());
        ObjectNode live = before.deepCopy();
        live.withObjectProperty("metadata").put("uid", "u").put("resourceVersion", "1");
        live.withObjectProperty("metadata").putObject("annotations").put(LAST_APPLIED, before.toString());
        new PodStrategy().setDefaults(live);
        try (var server = new ApplyCapture(live)) {
            Kubectl.apply(server.url(), after);
            assertThat(server.contentType()).isEqualTo("application/strategic-merge-patch+json");
            ObjectNode patch = server.patch().orElseThrow();
            ObjectNode result = Patches.strategic(live, patch, KINDS.message("k8s.io.api.core.v1.Pod"), KINDS);
            assertThat(result)
                    .isEqualTo(Kubectl.patch("strategic", List.of(live), patch).get("pod"));
            // Whatever else was defaulted in between: a fresh object of the new manifest looks the same.
            ObjectNode fresh = after.deepCopy();
            new PodStrategy().setDefaults(fresh);
            new PodStrategy().setDefaults(result);
            assertThat(result.at("/spec/containers")).isEqualTo(fresh.at("/spec/containers"));
            assertThat(result.at("/spec/volumes")).isEqualTo(fresh.at("/spec/volumes"));
            assertThat(result.at("/spec/tolerations")).isEqualTo(fresh.at("/spec/tolerations"));
        }
    }

    private static ObjectNode manifest(String spec) {
        return object("{apiVersion:'v1',kind:'Pod',metadata:{name:'pod',namespace:'default'},spec:" + spec + "}");
    }
}
