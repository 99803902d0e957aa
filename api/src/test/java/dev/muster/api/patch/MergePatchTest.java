package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table is RFC 7386's appendix A. */
class MergePatchTest {

    record Row(String target, String patch, String result) {}

    static Stream<Row> merges() {
        return Stream.of(
                new Row("{'a':'b'}", "{'a':'c'}", "{'a':'c'}"),
                new Row("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}"),
                new Row("{'a':'b'}", "{'a':null}", "{}"),
                new Row("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}"),
                new Row("{'a':['b']}", "{'a':'c'}", "{'a':'c'}"),
                new Row("{'a':'c'}", "{'a':['b']}", "{'a':['b']}"),
                new Row("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}"),
                new Row("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}"),
                new Row("['a','b']", "['c','d']", "['c','d']"),
                new Row("{'a':'b'}", "['c']", "['c']"),
                new Row("{'a':'foo'}", "null", "null"),
                new Row("{'a':'foo'}", "'bar'", "'bar'"),
                new Row("{'e':null}", "{'a':1}", "{'e':null,'a':1}"),
                new Row("[1,2]", "{'a':'b','c':null}", "{'a':'b'}"),
                new Row("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}"));
    }

    @ParameterizedTest
    @MethodSource
    void merges(Row row) {
        JsonNode target = tree(row.target());
        JsonNode patch = tree(row.patch());
        assertThat(Patches.merge(target, patch)).isEqualTo(tree(row.result()));
        assertThat(target).isEqualTo(tree(row.target()));
        assertThat(patch).isEqualTo(tree(row.patch()));
    }
}
