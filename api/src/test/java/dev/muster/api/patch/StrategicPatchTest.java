package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.StatusException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrategicPatchTest {

    private static final Kinds KINDS = Kinds.load();

    record Row(String target, String patch, String result) {}

    static Stream<Row> merges() {
        return Stream.of(
                new Row(
                        "{spec:{containers:[{name:'a',image:'x'}]}}",
                        "{spec:{containers:[{name:'a',image:'y'}]}}",
                        "{spec:{containers:[{name:'a',image:'y'}]}}"),
                new Row(
                        "{spec:{containers:[{name:'a'}]}}",
                        "{spec:{containers:[{name:'b'}]}}",
                        "{spec:{containers:[{name:'b'},{name:'a'}]}}"),
                new Row(
                        "{spec:{containers:[{name:'a'},{name:'b'}]}}",
                        "{spec:{containers:[{name:'a',$patch:'delete'}]}}",
                        "{spec:{containers:[{name:'b'}]}}"),
                new Row(
                        "{spec:{containers:[{name:'a'},{name:'b'}]}}",
                        "{spec:{containers:[{$patch:'replace'},{name:'c'}]}}",
                        "{spec:{containers:[{name:'c'}]}}"),
                new Row(
                        "{spec:{tolerations:[{key:'a'}]}}",
                        "{spec:{tolerations:[{key:'b'}]}}",
                        "{spec:{tolerations:[{key:'b'}]}}"),
                new Row(
                        "{metadata:{labels:{a:'1'}}}",
                        "{metadata:{labels:{$patch:'replace',b:'2'}}}",
                        "{metadata:{labels:{b:'2'}}}"),
                new Row(
                        "{metadata:{labels:{a:'1'}}}",
                        "{metadata:{labels:{$patch:'delete'}}}",
                        "{metadata:{labels:{}}}"),
                new Row(
                        "{metadata:{finalizers:['a','b']}}",
                        "{metadata:{finalizers:['c','a']}}",
                        "{metadata:{finalizers:['c','a','b']}}"),
                new Row(
                        "{metadata:{finalizers:['a','b']}}",
                        "{metadata:{'$deleteFromPrimitiveList/finalizers':['a']}}",
                        "{metadata:{finalizers:['b']}}"),
                new Row(
                        "{metadata:{finalizers:['a','b','c']}}",
                        "{metadata:{'$setElementOrder/finalizers':['c','a']}}",
                        "{metadata:{finalizers:['b','c','a']}}"),
                new Row(
                        "{spec:{volumes:[{name:'v',emptyDir:{}}]}}",
                        "{spec:{volumes:[{name:'v',$retainKeys:['name','configMap'],configMap:{name:'c'}}]}}",
                        "{spec:{volumes:[{name:'v',configMap:{name:'c'}}]}}"));
    }

    @ParameterizedTest
    @MethodSource
    void merges(Row row) {
        ObjectNode target = object(row.target());
        ObjectNode patch = object(row.patch());
        assertThat(pod(target, patch)).isEqualTo(object(row.result()));
        assertThat(target).isEqualTo(object(row.target()));
        assertThat(patch).isEqualTo(object(row.patch()));
    }

    record Refusal(String patch, int code, String why) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal("{spec:{$patch:'frob'}}", 400, "unknown patch type: frob in map: {\"$patch\":\"frob\"}"),
                new Refusal("{spec:{$patch:'merge'}}", 400, "unknown patch type: merge in map: {\"$patch\":\"merge\"}"),
                new Refusal(
                        "{spec:{containers:[{name:'a',$patch:'merge'}]}}",
                        400,
                        "merging lists cannot yet be specified in the patch"),
                new Refusal(
                        "{spec:{containers:[{name:'a',$patch:''}]}}",
                        400,
                        "unknown patch type:  in map: {\"name\":\"a\",\"$patch\":\"\"}"),
                new Refusal(
                        "{spec:{containers:[{image:'a'}]}}",
                        422,
                        "map: {\"image\":\"a\"} does not contain declared merge key: name"),
                new Refusal("{spec:{containers:['a']}}", 422, "list element types are not identical"),
                new Refusal("{spec:{containers:[['a']]}}", 422, "lists of lists are not supported"),
                new Refusal("{spec:{containers:[null]}}", 422, "list element types are not identical"),
                new Refusal("{spec:{$retainKeys:'a'}}", 400, "invalid patch format of retainKeys"),
                new Refusal("{spec:{$retainKeys:['a'],b:1}}", 400, "invalid patch format of retainKeys"),
                new Refusal(
                        "{spec:{'$setElementOrder/containers':'a'}}",
                        400,
                        "invalid patch format of setElementOrder list"),
                new Refusal("{spec:{'$setElementOrder':[]}}", 400, "invalid patch format of setElementOrder list"),
                new Refusal(
                        "{spec:{'$deleteFromPrimitiveList/containers':[{name:'a'}]}}",
                        400,
                        "invalid patch format of primitive list"),
                new Refusal("{spec:{'$deleteFromPrimitiveList':[]}}", 400, "invalid patch format of primitive list"),
                new Refusal(
                        "{spec:{'$setElementOrder/containers':[{name:'b'}],containers:[{name:'a'}]}}",
                        422,
                        "The order in patch list:\n[{\"name\":\"a\"}]\n doesn't match $setElementOrder list:\n"
                                + "[{\"name\":\"b\"}]\n"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Refusal row) {
        assertThatThrownBy(() -> pod(object("{spec:{containers:[{name:'a'}]}}"), object(row.patch())))
                .asInstanceOf(type(StatusException.class))
                .satisfies(e -> {
                    assertThat(e.status().code()).isEqualTo(row.code());
                    var details = e.status().details();
                    assertThat(
                                    details.isPresent()
                                            ? details.get().causes().getFirst().message()
                                            : e.status().message())
                            .isEqualTo(row.why());
                });
    }

    @Test
    void longListsMergeInLinearTime() {
        ObjectNode target = object("{spec:{containers:[{name:'a'}]}}");
        ObjectNode patch = target.deepCopy();
        var before = ((ObjectNode) target.at("/spec/containers/0")).putArray("env");
        var change = ((ObjectNode) patch.at("/spec/containers/0")).putArray("env");
        for (int i = 0; i < 100_000; i++) {
            before.addObject().put("name", "x" + i);
            change.addObject().put("name", "x" + (i + 50_000));
        }
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            ObjectNode result = pod(target, patch);
            assertThat(result.at("/spec/containers/0/env")).hasSize(150_000);
        });
    }

    @Test
    void oneItemIsNotChangedOverAndOver() {
        ObjectNode patch = object("{spec:{containers:[]}}");
        for (int i = 0; i < 102; i++) {
            ((ArrayNode) patch.at("/spec/containers")).addObject().put("name", "a");
        }
        assertThatThrownBy(() -> pod(object("{spec:{containers:[{name:'a'}]}}"), patch))
                .asInstanceOf(type(StatusException.class))
                .satisfies(e -> assertThat(e.status().code()).isEqualTo(422));
    }

    private static ObjectNode pod(ObjectNode target, ObjectNode patch) {
        return Patches.strategic(target, patch, KINDS.message("k8s.io.api.core.v1.Pod"), KINDS);
    }
}
