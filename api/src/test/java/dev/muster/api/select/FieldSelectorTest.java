package dev.muster.api.select;

import static dev.muster.api.fixture.Trees.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.fixture.Types;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.select.FieldSelector.Requirement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldSelectorTest {

    @Test
    void termsArePartedByCommasAndSorted() {
        assertThat(FieldSelector.parse("metadata.name!=b,,metadata.name==a,metadata.namespace=")
                        .requirements())
                .containsExactly(
                        new Requirement("metadata.name", false, "b"),
                        new Requirement("metadata.name", true, "a"),
                        new Requirement("metadata.namespace", true, ""));
        assertThat(FieldSelector.parse("").requirements()).isEmpty();
    }

    @Test
    void aBackslashEscapesCommaEqualsSignAndItself() {
        assertThat(FieldSelector.parse("a=b\\,c\\=d\\\\e").requirements())
                .containsExactly(new Requirement("a", true, "b,c=d\\e"));
    }

    record Refusal(String selector, String message) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal("a", "invalid selector: 'a'; can't understand 'a'"),
                new Refusal("a=b,c", "invalid selector: 'a=b,c'; can't understand 'c'"),
                new Refusal("a=b=c", "invalid field selector: unescaped character in value: 61"),
                new Refusal("a=b\\x", "invalid field selector: invalid escape sequence: \\x"),
                new Refusal("a=\\😀", "invalid field selector: invalid escape sequence: \\😀"),
                new Refusal("a=b\\", "invalid field selector: invalid escape sequence: \\"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Refusal row) {
        assertThatThrownBy(() -> FieldSelector.parse(row.selector()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(row.message());
    }

    record Row(ApiObject object, String selector, boolean matches) {}

    static Stream<Row> matches() {
        var pod = api("{kind:'Pod',metadata:{name:'p',namespace:'n'},spec:{nodeName:'m'},status:{phase:'Running',"
                + "podIP:'1.1.1.1',podIPs:[{ip:'1.1.1.1'},{ip:'::1'}]}}");
        var event =
                api("{kind:'Event',metadata:{name:'e',namespace:'n'},involvedObject:{name:'p'},reportingComponent:'k',"
                        + "type:'Normal'}");
        var node = api("{kind:'Node',metadata:{name:'m'}}");
        var secret = api("{kind:'Secret',metadata:{name:'s',namespace:'n'},type:'Opaque'}");
        return Stream.of(
                new Row(pod, "metadata.name=p,metadata.namespace=n", true),
                new Row(pod, "metadata.name=q", false),
                new Row(pod, "metadata.name!=q", true),
                new Row(pod, "spec.nodeName=m", true),
                new Row(pod, "spec.host=m", true),
                new Row(pod, "spec.hostNetwork=false", true),
                new Row(pod, "status.phase!=Running", false),
                new Row(pod, "status.podIPs=1.1.1.1", true),
                new Row(event, "involvedObject.name=p,source=k,reportingComponent=k,type=Normal", true),
                new Row(event, "source=", false),
                new Row(node, "spec.unschedulable=false", true),
                new Row(node, "spec.unschedulable=true", false),
                new Row(api("{kind:'Node',spec:{unschedulable:true}}"), "spec.unschedulable=true", true),
                new Row(secret, "type=Opaque", true),
                new Row(secret, "type!=Opaque", false));
    }

    @ParameterizedTest
    @MethodSource
    void matches(Row row) {
        assertThat(FieldSelector.parse(row.selector()).matches(row.object())).isEqualTo(row.matches());
    }

    record Unsupported(ResourceType type, String selector, String message) {}

    static Stream<Unsupported> unsupported() {
        return Stream.of(
                new Unsupported(
                        Types.CONFIG_MAP,
                        "data.x=1",
                        "\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""),
                new Unsupported(Types.POD, "spec.containers=1", "field label not supported: spec.containers"),
                new Unsupported(Types.NODE, "metadata.namespace=x", "field label not supported: metadata.namespace"),
                new Unsupported(Types.SECRET, "data=x", "field label not supported: data"));
    }

    @ParameterizedTest
    @MethodSource
    void unsupported(Unsupported row) {
        assertThat(FieldSelector.parse(row.selector()).problem(row.type())).contains(row.message());
    }

    @Test
    void whatIsSupportedHasNoProblem() {
        assertThat(FieldSelector.parse("metadata.name=a,metadata.namespace=b,status.phase=c")
                        .problem(Types.POD))
                .isEmpty();
        assertThat(FieldSelector.parse("metadata.namespace=b").problem(Types.CLUSTER_ROLE))
                .isEmpty();
    }

    @Test
    void onlyAnEqualRequirementPinsAField() {
        assertThat(FieldSelector.parse("metadata.name=a").exact("metadata.name"))
                .contains("a");
        assertThat(FieldSelector.parse("metadata.name!=a").exact("metadata.name"))
                .isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            var value = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                value.append("a\\,=!é".charAt(random.nextInt(6)));
            }
            var selector = new FieldSelector(List.of(new Requirement("f", random.nextBoolean(), value.toString())));
            assertThat(FieldSelector.parse(selector.toString())).isEqualTo(selector);
        }
    }

    @Test
    void anyTextIsASelectorOrAnIllegalArgument() {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append("ab.=!,\\\ud800é\0".charAt(random.nextInt(10)));
            }
            try {
                FieldSelector.parse(text.toString());
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("invalid ");
            }
        }
    }
}
