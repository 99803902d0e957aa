package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.StatusException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonPatchTest {

    record Row(String target, String patch, String result) {}

    static Stream<Row> applies() {
        return Stream.of(
                new Row("{a:1}", "[]", "{a:1}"),
                new Row("{a:1}", "[{op:'add',path:'/b',value:{c:2}}]", "{a:1,b:{c:2}}"),
                new Row("{a:[1,2]}", "[{op:'add',path:'/a/1',value:3}]", "{a:[1,3,2]}"),
                new Row("{a:[1,2]}", "[{op:'add',path:'/a/-',value:3}]", "{a:[1,2,3]}"),
                new Row("{a:[1,2]}", "[{op:'add',path:'/a/2',value:3}]", "{a:[1,2,3]}"),
                new Row("{a:[1,2]}", "[{op:'add',path:'/a/-1',value:3}]", "{a:[1,2,3]}"),
                new Row("{a:[1,2]}", "[{op:'replace',path:'/a/-1',value:3}]", "{a:[1,3]}"),
                new Row("{a:[1,2]}", "[{op:'remove',path:'/a/0'}]", "{a:[2]}"),
                new Row("{a:1}", "[{op:'remove',path:'/a'}]", "{}"),
                new Row("{a:1}", "[{op:'replace',path:'/b',value:2}]", "{a:1,b:2}"),
                new Row("{a:1}", "[{op:'replace',path:'',value:{z:1}}]", "{z:1}"),
                new Row("{a:{b:1}}", "[{op:'move',from:'/a/b',path:'/c'}]", "{a:{},c:1}"),
                new Row("{a:{b:1}}", "[{op:'copy',from:'/a',path:'/c'}]", "{a:{b:1},c:{b:1}}"),
                new Row(
                        "{a:{b:1}}",
                        "[{op:'copy',from:'/a',path:'/c'},{op:'add',path:'/c/d',value:1}]",
                        "{a:{b:1},c:{b:1,d:1}}"),
                new Row("{'a/b':1,'c~d':2}", "[{op:'remove',path:'/a~1b'},{op:'remove',path:'/c~0d'}]", "{}"),
                new Row("{'~1':1}", "[{op:'remove',path:'/~01'}]", "{}"),
                new Row("{'':1}", "[{op:'remove',path:'/'}]", "{}"),
                new Row("{a:{b:[1,{c:2}]}}", "[{op:'test',path:'/a',value:{b:[1,{c:2}]}}]", "{a:{b:[1,{c:2}]}}"),
                new Row("{a:1}", "[{op:'test',path:'/none',value:null}]", "{a:1}"),
                new Row("{a:1}", "[{op:'test',path:'',value:{a:1}}]", "{a:1}"));
    }

    @ParameterizedTest
    @MethodSource
    void applies(Row row) {
        JsonNode target = tree(row.target());
        JsonNode before = target.deepCopy();
        var patch = (ArrayNode) tree(row.patch());
        assertThat(Patches.json(target, patch)).isEqualTo(tree(row.result()));
        assertThat(target).isEqualTo(before);
    }

    record Refusal(String target, String patch, int code, String why) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "{}", "[1]", 400, "json: cannot unmarshal number into Go value of type jsonpatch.Operation"),
                new Refusal("{}", "[{}]", 422, "Unexpected kind: unknown"),
                new Refusal("{}", "[{op:'frob',path:'/a'}]", 422, "Unexpected kind: frob"),
                new Refusal("{}", "[{op:'add',value:1}]", 422, "add operation failed to decode path: missing value"),
                new Refusal(
                        "{}",
                        "[{op:'add',path:'/a/b',value:1}]",
                        422,
                        "add operation does not apply: doc is missing path: \"/a/b\": missing value"),
                new Refusal(
                        "{a:null}",
                        "[{op:'add',path:'/a/b',value:1}]",
                        422,
                        "add operation does not apply: doc is missing path: \"/a/b\": missing value"),
                new Refusal(
                        "{a:1}",
                        "[{op:'remove',path:'a'}]",
                        422,
                        "remove operation does not apply: doc is missing path: \"a\": missing value"),
                new Refusal(
                        "{}",
                        "[{op:'remove',path:'/a'}]",
                        422,
                        "error in remove for path: '/a': Unable to remove nonexistent key: a: missing value"),
                new Refusal(
                        "{a:[]}",
                        "[{op:'remove',path:'/a/0'}]",
                        422,
                        "error in remove for path: '/a/0': Unable to access invalid index: 0: invalid index referenced"),
                new Refusal(
                        "{a:[]}",
                        "[{op:'add',path:'/a/x',value:1}]",
                        422,
                        "error in add for path: '/a/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\":"
                                + " invalid syntax"),
                new Refusal(
                        "{a:[1]}",
                        "[{op:'add',path:'/a/99999999999999999999',value:1}]",
                        422,
                        "error in add for path: '/a/99999999999999999999': Unable to access invalid index:"
                                + " 99999999999999999999: invalid index referenced"),
                new Refusal(
                        "{a:{b:1}}",
                        "[{op:'move',from:'/a',path:'/a/b'}]",
                        422,
                        "move operation does not apply: doc is missing destination path: /a/b: missing value"),
                new Refusal("{a:1}", "[{op:'test',path:'/a',value:2}]", 422, "testing value /a failed: test failed"),
                new Refusal("{a:1}", "[{op:'test',path:'/a',value:'1'}]", 422, "testing value /a failed: test failed"),
                new Refusal(
                        "{a:1}", "[{op:'replace',path:''}]", 422, "replace operation value must be object or array"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Refusal row) {
        var patch = (ArrayNode) tree(row.patch());
        assertThatThrownBy(() -> Patches.json(tree(row.target()), patch))
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
    void tenThousandOperationsAreTheMost() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 10_000; i++) {
            patch.addObject().put("op", "test").put("path", "/a").put("value", 1);
        }
        assertThat(Patches.json(tree("{a:1}"), patch)).isEqualTo(tree("{a:1}"));
        patch.add(patch.get(0));
        assertThatThrownBy(() -> Patches.json(tree("{a:1}"), patch))
                .hasMessage(
                        "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001");
    }

    @Test
    void copiesThatDoubleTheObjectAreStopped() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 60; i++) {
            patch.addObject()
                    .put("op", "copy")
                    .put("from", "")
                    .put("from", "/a")
                    .put("path", "/a/x" + i);
        }
        assertThatThrownBy(() -> Patches.json(tree("{a:{b:'" + "x".repeat(100) + "'}}"), patch))
                .asInstanceOf(type(StatusException.class))
                .satisfies(e -> assertThat(e.status()
                                .details()
                                .orElseThrow()
                                .causes()
                                .getFirst()
                                .message())
                        .startsWith("Unable to complete the copy, the accumulated size increase of copy is"));
    }

    @Test
    void aSmallPatchCannotShiftForMinutes() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        ArrayNode many = patch.addObject().put("op", "add").put("path", "/a").putArray("value");
        for (int i = 0; i < 500_000; i++) {
            many.add(0);
        }
        for (int i = 0; i < 9_000; i++) {
            patch.addObject().put("op", "remove").put("path", "/a/0");
        }
        assertThatThrownBy(() -> Patches.json(tree("{}"), patch)).hasMessageContaining("array items");
    }

    @Test
    void anyOperationsAreAppliedOrRefused() {
        var random = new Random(1);
        var ops = List.of("add", "remove", "replace", "move", "copy", "test", "x");
        var paths = List.of("", "/", "/a", "/a/0", "/a/-", "/a/-1", "/b", "/b/c", "/b/c/d", "~", "/~1", "/a/9", "b");
        var values = List.of("1", "null", "'x'", "{c:{d:1}}", "[1,[2],{a:3}]");
        int applied = 0;
        for (int i = 0; i < 100_000; i++) {
            ArrayNode patch = JsonNodeFactory.instance.arrayNode();
            for (int n = random.nextInt(4); n >= 0; n--) {
                var operation = patch.addObject();
                operation.put("op", pick(ops, random));
                operation.put("path", pick(paths, random));
                operation.put("from", pick(paths, random));
                operation.set("value", tree(pick(values, random)));
            }
            JsonNode before = patch.deepCopy();
            try {
                Patches.json(tree("{a:[1,2,{x:1}],b:{c:{d:'e'}}}"), patch);
                applied++;
            } catch (StatusException e) {
                assertThat(e.status().code()).isIn(400, 422);
            }
            assertThat(patch).isEqualTo(before);
        }
        assertThat(applied).isGreaterThan(1_000);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
