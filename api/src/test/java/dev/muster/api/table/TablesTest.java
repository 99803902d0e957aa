package dev.muster.api.table;

import static dev.muster.api.fixture.Trees.api;
import static dev.muster.api.fixture.Trees.object;
import static dev.muster.api.fixture.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.fixture.Anything;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import dev.muster.api.table.Tables.Include;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TablesTest {

    private static final Kinds KINDS = Kinds.load();
    private static final Tables TABLES = new Tables(InstantSource.fixed(Instant.parse("2026-01-02T00:00:00Z")));
    private static final String RBAC = "rbac.authorization.k8s.io/v1";

    record Row(String apiVersion, String kind, String object, String cells) {}

    static Stream<Row> rows() {
        String meta = "metadata:{name:'x',creationTimestamp:'2026-01-01T00:00:00Z'}";
        return Stream.of(
                new Row("v1", "Namespace", "{" + meta + ",status:{phase:'Active'}}", "['x','Active','24h']"),
                new Row("v1", "ConfigMap", "{" + meta + ",data:{a:'1',b:'2'},binaryData:{c:''}}", "['x',3,'24h']"),
                new Row("v1", "Secret", "{" + meta + ",type:'Opaque',data:{a:'eA=='}}", "['x','Opaque',1,'24h']"),
                new Row("v1", "ServiceAccount", "{" + meta + "}", "['x',0,'24h']"),
                new Row(
                        "v1",
                        "Node",
                        "{" + meta + "}",
                        "['x','Unknown','<none>','24h','','<none>','<none>','<unknown>','<unknown>','<unknown>']"),
                new Row(
                        "v1",
                        "Node",
                        "{metadata:{name:'x',creationTimestamp:'2026-01-01T23:59:00Z',labels:{'node-role.kubernetes.io/b':'',"
                                + "'kubernetes.io/role':'a'}},spec:{unschedulable:true},status:{conditions:[{type:'Ready',"
                                + "status:'False'}],addresses:[{type:'InternalIP',address:'1.2.3.4'}],nodeInfo:{"
                                + "kubeletVersion:'v1',osImage:'o',kernelVersion:'k',containerRuntimeVersion:'c'}}}",
                        "['x','NotReady,SchedulingDisabled','a,b','60s','v1','1.2.3.4','<none>','o','k','c']"),
                new Row(
                        "v1",
                        "Event",
                        "{" + meta
                                + ",type:'Normal',reason:'R',message:' m ',involvedObject:{kind:'Pod',name:'p',fieldPath:'f'}"
                                + ",source:{component:'k',host:'h'},firstTimestamp:'2026-01-01T23:00:00Z',"
                                + "lastTimestamp:'2026-01-01T23:59:50Z',count:3}",
                        "['10s','Normal','R','pod/p','f','k, h','m','60m',3,'x']"),
                new Row(
                        "v1",
                        "Event",
                        "{" + meta
                                + ",eventTime:'2026-01-01T23:59:50.000000Z',reportingComponent:'k',involvedObject:{kind:'Pod'},"
                                + "series:{count:7,lastObservedTime:'2026-01-01T23:59:59.000000Z'}}",
                        "['1s','','','pod','','k','','10s',7,'x']"),
                new Row(RBAC, "Role", "{" + meta + "}", "['x','2026-01-01T00:00:00Z']"),
                new Row(RBAC, "ClusterRole", "{" + meta + "}", "['x','2026-01-01T00:00:00Z']"),
                new Row(
                        RBAC,
                        "RoleBinding",
                        "{" + meta
                                + ",roleRef:{kind:'Role',name:'r'},subjects:[{kind:'User',name:'u'},{kind:'User',name:'v'},"
                                + "{kind:'Group',name:'g'},{kind:'ServiceAccount',namespace:'n',name:'s'}]}",
                        "['x','Role/r','24h','u, v','g','n/s']"),
                new Row(
                        RBAC,
                        "ClusterRoleBinding",
                        "{" + meta + ",roleRef:{kind:'ClusterRole',name:'r'}}",
                        "['x','ClusterRole/r','24h','','','']"));
    }

    @ParameterizedTest
    @MethodSource
    void rows(Row row) {
        var type = KINDS.byKind(Gvk.of(row.apiVersion(), row.kind())).orElseThrow();
        var table = TABLES.table(type, List.of(api(row.object())), Include.NONE, "v1", true);
        assertThat(table.at("/rows/0/cells")).hasToString(tree(row.cells()).toString());
        assertThat(table.at("/columnDefinitions")).hasSameSizeAs(table.at("/rows/0/cells"));
    }

    record PodRow(String spec, String status, String ready, String reason, String restarts) {}

    static Stream<PodRow> pods() {
        String one = "{containers:[{name:'a'}]}";
        String init = "{containers:[{name:'a'}],initContainers:[{name:'i'},{name:'j'}]}";
        String sidecar = "{containers:[{name:'a'}],initContainers:[{name:'i',restartPolicy:'Always'}]}";
        return Stream.of(
                new PodRow(one, "{phase:'Pending'}", "0/1", "Pending", "0"),
                new PodRow(one, "{phase:'Failed',reason:'Evicted'}", "0/1", "Evicted", "0"),
                new PodRow(
                        one,
                        "{phase:'Running',containerStatuses:[{name:'a',ready:true,state:{running:{}}}]}",
                        "1/1",
                        "Running",
                        "0"),
                new PodRow(
                        one,
                        "{phase:'Running',containerStatuses:[{name:'a',restartCount:4,state:{waiting:{reason:"
                                + "'CrashLoopBackOff'}},lastState:{terminated:{finishedAt:'2026-01-01T23:58:00Z'}}}]}",
                        "0/1",
                        "CrashLoopBackOff",
                        "4 (2m ago)"),
                new PodRow(
                        one,
                        "{phase:'Failed',containerStatuses:[{name:'a',state:{terminated:{exitCode:3}}}]}",
                        "0/1",
                        "ExitCode:3",
                        "0"),
                new PodRow(
                        one,
                        "{phase:'Failed',containerStatuses:[{name:'a',state:{terminated:{exitCode:3,signal:9}}}]}",
                        "0/1",
                        "Signal:9",
                        "0"),
                new PodRow(
                        one,
                        "{phase:'Pending',conditions:[{type:'PodScheduled',status:'False',reason:'SchedulingGated'}]}",
                        "0/1",
                        "SchedulingGated",
                        "0"),
                new PodRow(
                        init,
                        "{phase:'Pending',initContainerStatuses:[{name:'i',state:{terminated:{exitCode:0}}},"
                                + "{name:'j',state:{running:{}}}]}",
                        "0/1",
                        "Init:1/2",
                        "0"),
                new PodRow(
                        init,
                        "{phase:'Pending',initContainerStatuses:[{name:'i',restartCount:2,state:{waiting:{reason:"
                                + "'ImagePullBackOff'}}}]}",
                        "0/1",
                        "Init:ImagePullBackOff",
                        "2"),
                new PodRow(
                        init,
                        "{phase:'Pending',initContainerStatuses:[{name:'i',state:{terminated:{exitCode:1,"
                                + "reason:'Error'}}}]}",
                        "0/1",
                        "Init:Error",
                        "0"),
                new PodRow(
                        sidecar,
                        "{phase:'Running',initContainerStatuses:[{name:'i',started:true,ready:true,restartCount:1,"
                                + "state:{running:{}}}],containerStatuses:[{name:'a',ready:true,state:{running:{}}}]}",
                        "2/2",
                        "Running",
                        "1"),
                new PodRow(
                        "{containers:[{name:'a'},{name:'b'}]}",
                        "{phase:'Running',containerStatuses:[{name:'a',state:{"
                                + "terminated:{exitCode:0,reason:'Completed'}}},{name:'b',ready:true,state:{running:{}}}]}",
                        "1/2",
                        "NotReady",
                        "0"));
    }

    @ParameterizedTest
    @MethodSource
    void pods(PodRow row) {
        var pod = api("{kind:'Pod',metadata:{name:'p'},spec:" + row.spec() + ",status:" + row.status() + "}");
        var cells = TABLES.table(type("Pod"), List.of(pod), Include.NONE, "v1", true)
                .at("/rows/0/cells");
        assertThat(cells).hasSize(9);
        assertThat(cells.get(1).asText()).isEqualTo(row.ready());
        assertThat(cells.get(2).asText()).isEqualTo(row.reason());
        assertThat(cells.get(3).asText()).isEqualTo(row.restarts());
    }

    @Test
    void aDoneOrLeavingPodSaysSo() {
        var done = api("{kind:'Pod',metadata:{name:'p'},status:{phase:'Succeeded'}}");
        var leaving = api(
                "{kind:'Pod',metadata:{name:'p',deletionTimestamp:'2026-01-01T00:00:00Z'},status:{phase:'Running'}}");
        var table = TABLES.table(type("Pod"), List.of(done, leaving), Include.NONE, "v1", false);
        assertThat(table.at("/rows/0/conditions"))
                .isEqualTo(tree("[{type:'Completed',status:'True',reason:'Succeeded',"
                        + "message:'The pod has completed successfully.'}]"));
        assertThat(table.at("/rows/1/cells/2").asText()).isEqualTo("Terminating");
        assertThat(table.get("columnDefinitions")).isEmpty();
    }

    @Test
    void rowsCarryWhatIsAskedFor() {
        var secret = api("{kind:'Secret',apiVersion:'v1',metadata:{name:'s',labels:{a:'b'}},data:{k:'eA=='}}");
        var none = TABLES.table(type("Secret"), List.of(secret), Include.NONE, "v1", true);
        var metadata = TABLES.table(type("Secret"), List.of(secret), Include.METADATA, "v1beta1", true);
        var whole = TABLES.table(type("Secret"), List.of(secret), Include.OBJECT, "v1", true);
        assertThat(none.at("/rows/0/object").isNull()).isTrue();
        assertThat(metadata.at("/rows/0/object"))
                .isEqualTo(object("{kind:'PartialObjectMetadata',"
                        + "apiVersion:'meta.k8s.io/v1beta1',metadata:{name:'s',labels:{a:'b'}}}"));
        assertThat(metadata.get("apiVersion").asText()).isEqualTo("meta.k8s.io/v1beta1");
        assertThat(whole.at("/rows/0/object")).isEqualTo(secret.tree());
        assertThat(metadata.toString()).doesNotContain("eA==");
    }

    @Test
    void theEndOfInitialEventsAlwaysArrives() {
        var bookmark =
                api("{kind:'Pod',metadata:{resourceVersion:'7',annotations:{'k8s.io/initial-events-end':'true'}}}");
        var table = TABLES.table(type("Pod"), List.of(bookmark), Include.NONE, "v1", false);
        assertThat(table.at("/rows/0/object/metadata/resourceVersion").asText()).isEqualTo("7");
    }

    @Test
    void controlsDoNotReachTheTerminal() {
        var event = api("{metadata:{name:'e'},message:'a\\u001b[31mb\\u0007\\u009bc\\u202ed\\te\\nf\\u007f'}");
        var cells = TABLES.table(type("Event"), List.of(event), Include.NONE, "v1", true)
                .at("/rows/0/cells");
        assertThat(cells.get(6).asText()).isEqualTo("a^[[31mb^G\\u009bc\\u202ed e\nf^?");
    }

    record Age(Duration duration, String text) {}

    static Stream<Age> ages() {
        return Stream.of(
                new Age(Duration.ofSeconds(-3), "<invalid>"),
                new Age(Duration.ofSeconds(-1), "0s"),
                new Age(Duration.ofMillis(-1500), "0s"),
                new Age(Duration.ZERO, "0s"),
                new Age(Duration.ofSeconds(119), "119s"),
                new Age(Duration.ofSeconds(120), "2m"),
                new Age(Duration.ofSeconds(125), "2m5s"),
                new Age(Duration.ofMinutes(10), "10m"),
                new Age(Duration.ofMinutes(179), "179m"),
                new Age(Duration.ofMinutes(181), "3h1m"),
                new Age(Duration.ofHours(8), "8h"),
                new Age(Duration.ofHours(47), "47h"),
                new Age(Duration.ofHours(48), "2d"),
                new Age(Duration.ofHours(49), "2d1h"),
                new Age(Duration.ofDays(8), "8d"),
                new Age(Duration.ofDays(729), "729d"),
                new Age(Duration.ofDays(730), "2y"),
                new Age(Duration.ofDays(731), "2y1d"),
                new Age(Duration.ofDays(2920), "8y"));
    }

    @ParameterizedTest
    @MethodSource
    void ages(Age row) {
        assertThat(HumanDuration.of(row.duration())).isEqualTo(row.text());
    }

    @Test
    void anyObjectMakesARow() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var tree = Anything.object(random);
            for (ResourceType type : KINDS.all()) {
                if (type.stored()) {
                    var table = TABLES.table(type, List.of(ApiObject.of(tree)), Include.METADATA, "v1", true);
                    assertThat(table.at("/rows/0/cells")).hasSameSizeAs(table.get("columnDefinitions"));
                }
            }
        }
    }

    private static ResourceType type(String kind) {
        return KINDS.byKind(new Gvk("", "v1", kind)).orElseThrow();
    }
}
