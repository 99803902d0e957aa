package dev.muster.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {

    private static final Kinds KINDS = Kinds.load();

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{'spec':'x'} => json: cannot unmarshal string into Go struct field Pod.spec of type v1.PodSpec",
                "{'spec':{'nodeName':1}} => json: cannot unmarshal number into Go struct field PodSpec.spec.nodeName of type string",
                "{'spec':{'containers':{}}} => json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container",
                "{'spec':{'containers':[{'ports':[{'containerPort':'80'}]}]}} => json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
                "{'spec':{'containers':[{'ports':[{'containerPort':1.5}]}]}} => json: cannot unmarshal number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
                "{'spec':{'priority':3000000000}} => json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32",
                "{'metadata':{'labels':'x'}} => json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map[string]string",
                "{'metadata':{'labels':{'a':1}}} => json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
                "{'metadata':{'finalizers':[true]}} => json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.finalizers of type string",
                "{'metadata':{'creationTimestamp':1}} => json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
                "{'metadata':{'creationTimestamp':'now'}} => parsing time \"now\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"now\" as \"2006\"",
                "{'spec':{'overhead':{'cpu':'lots'}}} => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            })
    void aValueOfTheWrongTypeIsRefusedInTheWordsOfKubernetes(String text, String message) {
        assertThatThrownBy(() -> prune("k8s.io.api.core.v1.Pod", text))
                .isInstanceOf(MalformedBody.class)
                .hasMessage(message);
    }

    @Test
    void secretsMustBeBase64WithPadding() {
        for (var bad : List.of("a", "YQ", "YQ=", "!!!!", "YQ==YQ==")) {
            assertThatThrownBy(() -> prune("k8s.io.api.core.v1.Secret", "{'data':{'a':'" + bad + "'}}"))
                    .isInstanceOf(MalformedBody.class)
                    .hasMessageStartingWith("illegal base64 data at input byte ");
        }
        assertThat(after("k8s.io.api.core.v1.Secret", "{'data':{'a':'YW\\nJj\\r\\n'}}"))
                .isEqualTo("{'data':{'a':'YWJj'}}");
    }

    @Test
    void unknownFieldsAreRemovedAndReported() {
        var text =
                "{'apiVersion':'v1','kind':'Pod','Spec':{},'spec':{'nodename':'x','containers':[{},{'foo':{'bar':1}}]}}";
        var tree = parse(text);
        assertThat(new FieldCheck(KINDS).prune(tree, KINDS.message("k8s.io.api.core.v1.Pod")))
                .containsExactly(
                        "unknown field \"Spec\"",
                        "unknown field \"spec.nodename\"",
                        "unknown field \"spec.containers[1].foo\"");
        assertThat(tree.toString().replace('"', '\''))
                .isEqualTo("{'apiVersion':'v1','kind':'Pod','spec':{'containers':[{},{}]}}");
    }

    @Test
    void nullsMeanAbsentInObjectsAndZeroInListsAndMaps() {
        assertThat(
                        after(
                                "k8s.io.api.core.v1.Pod",
                                "{'metadata':{'name':null,'labels':{'a':null},'finalizers':[null]},'spec':{'containers':[null]},'status':null}"))
                .isEqualTo("{'metadata':{'labels':{'a':''},'finalizers':['']},'spec':{'containers':[{}]}}");
    }

    @Test
    void timesQuantitiesAndIntOrStringTakeTheirCanonicalForm() {
        assertThat(after(
                        "k8s.io.api.core.v1.Pod",
                        "{'metadata':{'creationTimestamp':'2020-01-01T02:00:00.5+02:00'},'spec':{'overhead':{'cpu':0.5,'memory':'1024Mi'},"
                                + "'containers':[{'livenessProbe':{'httpGet':{'port':80}}}]}}"))
                .isEqualTo(
                        "{'metadata':{'creationTimestamp':'2020-01-01T00:00:00Z'},'spec':{'overhead':{'cpu':'500m','memory':'1Gi'},"
                                + "'containers':[{'livenessProbe':{'httpGet':{'port':80}}}]}}");
    }

    @Test
    void inlinedFieldsStandInTheParent() {
        assertThat(
                        prune(
                                "k8s.io.api.core.v1.Pod",
                                "{'spec':{'volumes':[{'name':'v','configMap':{'name':'c'}}],'ephemeralContainers':[{'name':'e','targetContainerName':'t'}]}}"))
                .isEmpty();
    }

    @Test
    void rawJsonIsLeftAsItIs() {
        assertThat(after(
                        "k8s.io.api.core.v1.Pod",
                        "{'metadata':{'managedFields':[{'fieldsV1':{'f:metadata':{'f:name':null}}}]}}"))
                .isEqualTo("{'metadata':{'managedFields':[{'fieldsV1':{'f:metadata':{'f:name':null}}}]}}");
    }

    @ParameterizedTest
    @CsvSource({
        "1000m,1",
        "0.5,500m",
        "1e3,1e3",
        "1000,1k",
        "1500,1500",
        "1024,1024",
        "1024Ki,1Mi",
        "1.5Gi,1536Mi",
        "0.5Mi,512Ki",
        "100Ki,100Ki",
        "0,0",
        "-5,-5",
        "+5,5",
        "1E,1E",
        "1E3,1e3",
        "12000e3,12e6",
        "0.0000000001,1n",
        "1.0,1",
        ".5,500m",
        "0Gi,0",
        "1Ki,1Ki"
    })
    void quantitiesAreCanonical(String text, String canonical) {
        assertThat(Quantities.canonical(text)).isEqualTo(canonical);
        assertThat(Quantities.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"1h30m,1h30m0s", "90s,1m30s", "1.5s,1.5s", "20ms,20ms", "-1m,-1m0s", "0,0s", "1500us,1.5ms", "3ns,3ns"})
    void durationsAreAsGoPrintsThem(String text, String printed) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(printed);
    }

    @Test
    void anyTreeIsRefusedOrBecomesOneThatCanBeWritten() {
        var fuzz = new Fuzz(21);
        var check = new FieldCheck(KINDS);
        var protobuf = new Protobuf(KINDS);
        int fine = 0;
        for (int i = 0; i < 20_000; i++) {
            var type = KINDS.all().get(fuzz.below(KINDS.all().size()));
            var tree = fuzz.of(KINDS, type.schema(), 4);
            fuzz.spoil(tree);
            tree.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
            try {
                check.prune(tree, type.schema());
            } catch (MalformedBody e) {
                assertThat(e.getMessage()).isNotBlank();
                continue;
            }
            fine++;
            assertThat(check.prune(tree, type.schema())).isEmpty();
            var read = protobuf.parseObject(protobuf.write(tree)).value();
            assertThat(protobuf.parseObject(protobuf.write(read)).value()).isEqualTo(read);
        }
        assertThat(fine).isGreaterThan(1_000);
    }

    private static List<String> prune(String message, String text) {
        return new FieldCheck(KINDS).prune(parse(text), KINDS.message(message));
    }

    private static String after(String message, String text) {
        var tree = parse(text);
        assertThat(new FieldCheck(KINDS).prune(tree, KINDS.message(message))).isEmpty();
        return tree.toString().replace('"', '\'');
    }

    private static ObjectNode parse(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .value();
    }
}
