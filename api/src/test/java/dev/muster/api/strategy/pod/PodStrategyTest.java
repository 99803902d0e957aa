package dev.muster.api.strategy.pod;

import static dev.muster.api.fixture.Trees.api;
import static dev.muster.api.fixture.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodStrategyTest {

    private static final PodStrategy PODS = new PodStrategy();

    @Test
    void aSmallPodIsFilledInAsKubernetesDoes() {
        ObjectNode pod =
                object("{spec:{containers:[{name:'a',image:'nginx',ports:[{containerPort:80}],livenessProbe:{httpGet:"
                        + "{port:80}},env:[{name:'E',valueFrom:{fieldRef:{fieldPath:'metadata.name'}}}],resources:{limits:{cpu:'1000m'}}}"
                        + "],volumes:[{name:'v'},{name:'s',secret:{secretName:'x'}}]}}");
        PODS.setDefaults(pod);
        PODS.prepareForCreate(pod);
        assertThat(pod)
                .isEqualTo(
                        object("{spec:{containers:[{name:'a',image:'nginx',ports:[{containerPort:80,protocol:'TCP'}],"
                                + "livenessProbe:{httpGet:{port:80,path:'/',scheme:'HTTP'},timeoutSeconds:1,periodSeconds:10,"
                                + "successThreshold:1,failureThreshold:3},env:[{name:'E',valueFrom:{fieldRef:{fieldPath:'metadata.name',"
                                + "apiVersion:'v1'}}}],resources:{limits:{cpu:'1'},requests:{cpu:'1'}},imagePullPolicy:'Always',"
                                + "terminationMessagePath:'/dev/termination-log',terminationMessagePolicy:'File'}],"
                                + "volumes:[{name:'v',emptyDir:{}},{name:'s',secret:{secretName:'x',defaultMode:420}}],"
                                + "restartPolicy:'Always',dnsPolicy:'ClusterFirst',schedulerName:'default-scheduler',"
                                + "terminationGracePeriodSeconds:30,securityContext:{},enableServiceLinks:true},"
                                + "status:{phase:'Pending',qosClass:'Burstable'}}"));
    }

    @Test
    void defaultsAreSetOnce() {
        ObjectNode pod =
                object("{spec:{hostNetwork:true,containers:[{name:'a',image:'b:1',ports:[{containerPort:8}]}]}}");
        PODS.setDefaults(pod);
        ObjectNode again = pod.deepCopy();
        PODS.setDefaults(again);
        assertThat(again).isEqualTo(pod);
        assertThat(pod.at("/spec/containers/0/ports/0/hostPort").asInt()).isEqualTo(8);
    }

    record Image(String name, boolean latest) {}

    static Stream<Image> images() {
        return Stream.of(
                new Image("a", true),
                new Image("a:latest", true),
                new Image("a:1", false),
                new Image("h:5000/a", true),
                new Image("h:5000/a:1", false),
                new Image("a@sha256:0", false),
                new Image("a:latest@sha256:0", true));
    }

    @ParameterizedTest
    @MethodSource
    void images(Image row) {
        assertThat(ContainerDefaults.isLatest(row.name())).isEqualTo(row.latest());
    }

    record Qos(String resources, String expected) {}

    static Stream<Qos> qos() {
        return Stream.of(
                new Qos("{}", "BestEffort"),
                new Qos("{requests:{cpu:'1'}}", "Burstable"),
                new Qos("{requests:{cpu:'1',memory:'1Gi'},limits:{cpu:'1000m',memory:'1024Mi'}}", "Guaranteed"),
                new Qos("{limits:{cpu:'1'},requests:{cpu:'1'}}", "Burstable"),
                new Qos("{limits:{'example.com/gpu':'1'},requests:{'example.com/gpu':'1'}}", "BestEffort"));
    }

    @ParameterizedTest
    @MethodSource
    void qos(Qos row) {
        assertThat(QosClass.of(object("{containers:[{resources:" + row.resources() + "}]}")))
                .isEqualTo(row.expected());
    }

    record Wrong(String spec, String field, String message) {}

    static Stream<Wrong> refusals() {
        return Stream.of(
                new Wrong("{containers:[]}", "spec.containers", "Required value"),
                new Wrong("{containers:[{image:'x'}]}", "spec.containers[0].name", "Required value"),
                new Wrong("{containers:[{name:'a'}]}", "spec.containers[0].image", "Required value"),
                new Wrong(
                        "{containers:[{name:'a',image:'x'},{name:'a',image:'x'}]}",
                        "spec.containers[1].name",
                        "Duplicate value: \"a\""),
                new Wrong(
                        "{containers:[{name:'a',image:'x'}],restartPolicy:'Maybe'}",
                        "spec.restartPolicy",
                        "Unsupported value: \"Maybe\": supported values: \"Always\", \"OnFailure\", \"Never\""),
                new Wrong(
                        "{containers:[{name:'a',image:'x',volumeMounts:[{name:'v',mountPath:'/m'}]}]}",
                        "spec.containers[0].volumeMounts[0].name",
                        "Not found: \"v\""),
                new Wrong(
                        "{containers:[{name:'a',image:'x',ports:[{containerPort:70000}]}]}",
                        "spec.containers[0].ports[0].containerPort",
                        "Invalid value: 70000: must be between 1 and 65535, inclusive"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',resources:{requests:{cpu:'lots'}}}]}",
                        "spec.containers[0].resources.requests[cpu]",
                        "Invalid value: \"lots\": quantities must match"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',resources:{limits:{cpu:'1'},requests:{cpu:'2'}}}]}",
                        "spec.containers[0].resources.requests",
                        "Invalid value: \"2\": must be less than or equal to cpu limit of 1"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',resources:{requests:{memory:'-1'}}}]}",
                        "spec.containers[0].resources.requests[memory]",
                        "Invalid value: \"-1\": must be greater than or equal to 0"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',resources:{requests:{frob:'1'}}}]}",
                        "spec.containers[0].resources.requests[frob]",
                        "Invalid value: \"frob\": must be a standard resource for containers"),
                new Wrong(
                        "{containers:[{name:'a',image:'x'}],volumes:[{name:'v',emptyDir:{},secret:{secretName:'s'}}]}",
                        "spec.volumes[0].secret",
                        "Forbidden: may not specify more than 1 volume type"),
                new Wrong(
                        "{containers:[{name:'a',image:'x'}],volumes:[{name:'v',configMap:{}}]}",
                        "spec.volumes[0].configMap.name",
                        "Required value"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',livenessProbe:{}}]}",
                        "spec.containers[0].livenessProbe",
                        "Required value: must specify a handler type"),
                new Wrong(
                        "{containers:[{name:'a',image:'x',env:[{name:'A=B'}]}]}",
                        "spec.containers[0].env[0].name",
                        "Invalid value: \"A=B\": a valid environment variable name must consist only of printable"),
                new Wrong(
                        "{containers:[{name:'a',image:'x'}],tolerations:[{}]}",
                        "spec.tolerations[0].operator",
                        "Invalid value: \"\": operator must be Exists when `key` is empty"),
                new Wrong(
                        "{containers:[{name:'a',image:'x'}],activeDeadlineSeconds:0}",
                        "spec.activeDeadlineSeconds",
                        "Invalid value: 0: must be between 1 and 2147483647, inclusive"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Wrong row) {
        assertThat(PODS.validate(pod(row.spec()))).singleElement().satisfies(cause -> {
            assertThat(cause.field()).isEqualTo(row.field());
            assertThat(cause.message()).startsWith(row.message());
        });
    }

    record Change(String old, String now, List<String> messages) {}

    static Stream<Change> changes() {
        String one = "{containers:[{name:'a',image:'x'}]}";
        String may = "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
                + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
                + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"
                + "changed: ";
        String tolerant = "{containers:[{name:'a',image:'x'}],tolerations:[{key:'a'}]}";
        return Stream.of(
                new Change(one, one, List.of()),
                new Change(one, one.replace("'x'", "'y'"), List.of()),
                new Change(one, one.replace("'x'", "''"), List.of("Required value")),
                new Change(
                        one,
                        "{containers:[{name:'a',image:'x'},{name:'b',image:'x'}]}",
                        List.of("Forbidden: pod updates may not add or remove containers")),
                new Change(
                        one,
                        "{containers:[{name:'a',image:'x',command:['b']}],nodeName:'n'}",
                        List.of(may + "spec.containers[0].command, spec.nodeName")),
                new Change(one, tolerant, List.of()),
                new Change(
                        tolerant,
                        one,
                        List.of("Forbidden: existing toleration can not be modified except its tolerationSeconds")),
                new Change(
                        "{containers:[{name:'a',image:'x'}],activeDeadlineSeconds:5}",
                        one,
                        List.of("Invalid value: null: must not update from a positive integer to nil value")),
                new Change(
                        "{containers:[{name:'a',image:'x'}],activeDeadlineSeconds:5}",
                        "{containers:[{name:'a',image:'x'}],activeDeadlineSeconds:6}",
                        List.of("Invalid value: 6: must be less than or equal to previous value")));
    }

    @ParameterizedTest
    @MethodSource
    void changes(Change row) {
        assertThat(PODS.validateUpdate(pod(row.now()), pod(row.old())))
                .extracting(Cause::message)
                .isEqualTo(row.messages());
    }

    @Test
    void anUpdateIsCheckedAsMuchAsACreation() {
        var old = pod("{containers:[{name:'a',image:'x'}]}");
        var now = api("{metadata:{name:'p'},spec:{containers:[{name:'a',image:' x'}]}}");
        assertThat(PODS.validateUpdate(now, old)).isNotEmpty();
    }

    private static ApiObject pod(String spec) {
        ObjectNode pod = object("{spec:" + spec + "}");
        PODS.setDefaults(pod);
        return ApiObject.of(pod);
    }
}
