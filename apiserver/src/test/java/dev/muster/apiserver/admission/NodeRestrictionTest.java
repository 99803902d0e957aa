package dev.muster.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.admission.Admission.Attempt;
import dev.muster.apiserver.admission.Admission.Operation;
import dev.muster.apiserver.testing.Api;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.testkit.certs.TestRequest;
import dev.muster.testkit.http.FakeExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRestrictionTest {

    private static final User NODE = User.of("system:node:n1", "system:nodes", User.AUTHENTICATED);

    private static final String OWNER =
            "{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid','controller':true}";

    private final List<Attributes> asked = new ArrayList<>();
    private Decision answer = Decision.NO_OPINION;

    private static ApiObject object(String json) {
        try {
            return ApiObject.of((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiObject pod(String node, String more) {
        return object("{'metadata':{'name':'p','namespace':'a','uid':'pod-uid'},'spec':{'nodeName':'" + node + "'"
                + more + "}}");
    }

    /** What is stored: the node n1, and the pods p on n1 and q on n2. */
    private static Optional<ApiObject> stored(String plural, String namespace, String name) {
        return switch (plural + " " + namespace + "/" + name) {
            case "nodes /n1" -> Optional.of(object("{'metadata':{'name':'n1','uid':'node-uid'}}"));
            case "pods a/p" ->
                Optional.of(pod(
                        "n1",
                        ",'volumes':[{'projected':{'sources':[{'serviceAccountToken':{'path':'token'}},"
                                + "{'serviceAccountToken':{'path':'vault','audience':'vault'}}]}}]"));
            case "pods a/q" -> Optional.of(pod("n2", ""));
            case "pods a/bare" -> Optional.of(pod("n1", ""));
            default -> Optional.empty();
        };
    }

    private void admit(Attempt attempt) {
        new AdmissionPlugins(Set.of(AdmissionPlugins.NODE_RESTRICTION), question -> {
                    asked.add(question);
                    return answer;
                })
                .chain(NodeRestrictionTest::stored)
                .forEach(step -> step.admit(attempt));
    }

    private static Attempt attempt(Operation operation, User user, String plural, String sub, String now, String old) {
        ResourceType type = Api.type(plural);
        Optional<ApiObject> before = old.isEmpty() ? Optional.empty() : Optional.of(object(old));
        Optional<ApiObject> after = now.isEmpty() ? Optional.empty() : Optional.of(object(now));
        String name = after.or(() -> before).map(ApiObject::name).orElseThrow();
        return new Attempt(operation, user, type, sub, type.namespaced() ? "a" : "", name, after, before);
    }

    private void isForbidden(Attempt attempt, String why) {
        assertThatThrownBy(() -> admit(attempt)).as(why).isInstanceOfSatisfying(StatusException.class, e -> {
            assertThat(e.status().code()).isEqualTo(403);
            assertThat(e.status().message()).endsWith(" is forbidden: " + why);
        });
    }

    private void isFine(Attempt attempt) {
        assertThatCode(() -> admit(attempt)).doesNotThrowAnyException();
    }

    private static Attempt node(String now, String old) {
        var operation = old.isEmpty() ? Operation.CREATE : Operation.UPDATE;
        return attempt(operation, NODE, "nodes", "", now, old);
    }

    private static String labelled(String label) {
        return "{'metadata':{'name':'n1','labels':{'" + label + "':'x'}}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes.io/hostname",
                "kubernetes.io/os",
                "beta.kubernetes.io/arch",
                "topology.kubernetes.io/zone",
                "node.kubernetes.io/instance-type",
                "node.kubernetes.io/anything",
                "sub.node.kubernetes.io/anything",
                "kubelet.kubernetes.io/anything",
                "example.com/role",
                "role",
                "notkubernetes.io/x",
                "kubernetes.io.example.com/x"
            })
    void aNodeLabelsItself(String label) {
        isFine(node(labelled(label), ""));
        isFine(node(labelled(label), "{'metadata':{'name':'n1'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node-restriction.kubernetes.io/safe",
                "a.node-restriction.kubernetes.io/safe",
                "node-role.kubernetes.io/control-plane",
                "kubernetes.io/role",
                "k8s.io/x",
                "a.k8s.io/x",
                "xnode.kubernetes.io/x"
            })
    void aNodeTouchesNoLabelThatOthersRelyOn(String label) {
        isForbidden(node(labelled(label), ""), "node \"n1\" is not allowed to set the following labels: " + label);
        isForbidden(node(labelled(label), "{'metadata':{'name':'n1'}}"), "is not allowed to modify labels: " + label);
        isForbidden(node("{'metadata':{'name':'n1'}}", labelled(label)), "is not allowed to modify labels: " + label);
        isForbidden(
                node(labelled(label), labelled(label).replace("'x'", "'y'")),
                "is not allowed to modify labels: " + label);
        isFine(node(labelled(label), labelled(label)));
    }

    @Test
    void aNodeIsItselfAlone() {
        isForbidden(node("{'metadata':{'name':'n2'}}", ""), "node \"n1\" is not allowed to modify node \"n2\"");
        isForbidden(
                attempt(
                        Operation.UPDATE,
                        NODE,
                        "nodes",
                        "status",
                        "{'metadata':{'name':'n2'}}",
                        "{'metadata':{'name':'n2'}}"),
                "node \"n1\" is not allowed to modify node \"n2\"");
        isForbidden(
                attempt(Operation.DELETE, NODE, "nodes", "", "", "{'metadata':{'name':'n2'}}"),
                "node \"n1\" is not allowed to modify node \"n2\"");
    }

    @Test
    void aNodeKeepsItsTaintsAndItsConfigSource() {
        String tainted = "{'metadata':{'name':'n1'},'spec':{'taints':[{'key':'k','effect':'NoSchedule'}]}}";
        isFine(node(tainted, ""));
        isFine(node(tainted, tainted));
        isFine(node("{'metadata':{'name':'n1'},'spec':{'taints':[]}}", "{'metadata':{'name':'n1'}}"));
        isForbidden(
                node("{'metadata':{'name':'n1'},'spec':{}}", tainted), "node \"n1\" is not allowed to modify taints");
        isForbidden(node(tainted, "{'metadata':{'name':'n1'}}"), "node \"n1\" is not allowed to modify taints");
        isForbidden(
                attempt(Operation.UPDATE, NODE, "nodes", "status", "{'metadata':{'name':'n1'}}", tainted),
                "node \"n1\" is not allowed to modify taints");
        String source = "{'metadata':{'name':'n1'},'spec':{'configSource':{'configMap':{'name':'c'}}}}";
        isForbidden(node(source, ""), "node \"n1\" is not allowed to create pods with a non-nil configSource");
        isForbidden(
                node(source, "{'metadata':{'name':'n1'}}"),
                "node \"n1\" is not allowed to update configSource to a new non-nil configSource");
        isFine(node("{'metadata':{'name':'n1'}}", source));
    }

    /** With an owner that is not there the garbage collector deletes the node, which then comes back without its taints. */
    @Test
    void cve_2025_5187_aNodeGivesItselfNoOwner() {
        String owned =
                "{'metadata':{'name':'n1','ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'gone','uid':'u'}]}}";
        isForbidden(node(owned, "{'metadata':{'name':'n1'}}"), "node \"n1\" is not allowed to modify ownerReferences");
        isForbidden(
                attempt(Operation.UPDATE, NODE, "nodes", "status", owned, "{'metadata':{'name':'n1'}}"),
                "node \"n1\" is not allowed to modify ownerReferences");
        isForbidden(node("{'metadata':{'name':'n1'}}", owned), "node \"n1\" is not allowed to modify ownerReferences");
        isFine(node("{'metadata':{'name':'n1','ownerReferences':[]}}", "{'metadata':{'name':'n1'}}"));
    }

    private static Attempt mirror(String meta, String spec) {
        return attempt(
                Operation.CREATE,
                NODE,
                "pods",
                "",
                "{'metadata':{'name':'m','namespace':'a'" + meta + "},'spec':{" + spec + "}}",
                "");
    }

    private static Attempt ownMirror(String spec) {
        return mirror(
                ",'annotations':{'kubernetes.io/config.mirror':'h'},'ownerReferences':[" + OWNER + "]",
                "'nodeName':'n1'" + spec);
    }

    @Test
    void aNodeMirrorsItsOwnPods() {
        isFine(ownMirror(""));
        isFine(ownMirror(",'volumes':[{'hostPath':{'path':'/etc'}},{'emptyDir':{}},"
                + "{'projected':{'sources':[{'downwardAPI':{}}]}}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|'nodeName':'n1'|pod does not have \"kubernetes.io/config.mirror\" annotation, node \"n1\" can only create mirror pods",
                "A|'nodeName':'n2'|node \"n1\" can only create pods with spec.nodeName set to itself",
                "A|'hostNetwork':true|node \"n1\" can only create pods with spec.nodeName set to itself",
                "A|'nodeName':'n1'|node \"n1\" can only create pods with an owner reference set to itself",
                "A,O[N,N]|'nodeName':'n1'|node \"n1\" can only create pods with a single owner reference set to itself",
                "A,O[{'apiVersion':'v1','kind':'Node','name':'n2','controller':true}]|'nodeName':'n1'|node \"n1\" can only create pods with an owner reference set to itself",
                "A,O[{'apiVersion':'apps/v1','kind':'Node','name':'n1','controller':true}]|'nodeName':'n1'|node \"n1\" can only create pods with an owner reference set to itself",
                "A,O[{'apiVersion':'v1','kind':'Pod','name':'n1','controller':true}]|'nodeName':'n1'|node \"n1\" can only create pods with an owner reference set to itself",
                "A,O[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid'}]|'nodeName':'n1'|node \"n1\" can only create pods with a controller owner reference set to itself",
                "A,O[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid','controller':true,'blockOwnerDeletion':true}]|'nodeName':'n1'|node \"n1\" must not set blockOwnerDeletion on an owner reference",
                "A,O[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'other','controller':true}]|'nodeName':'n1'|node n1 UID mismatch: expected other got node-uid"
            })
    void aPodThatIsNoMirrorOfTheNodesOwnIsForbidden(String meta, String spec, String why) {
        String written = meta == null
                ? ""
                : ("," + meta)
                        .replace("N,N", OWNER + "," + OWNER)
                        .replace("O[", "'ownerReferences':[")
                        .replace(",A", ",'annotations':{'kubernetes.io/config.mirror':'h'}");
        isForbidden(mirror(written, spec), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'serviceAccountName':'x'|serviceaccounts",
                "'imagePullSecrets':[{'name':'s'}]|secrets",
                "'volumes':[{'secret':{'secretName':'s'}}]|secrets",
                "'volumes':[{'secret':{}}]|secrets (via secret volumes)",
                "'ephemeralContainers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]|secrets",
                "'containers':[{'envFrom':[{'configMapRef':{'name':'s'}}]}]|configmaps",
                "'volumes':[{'emptyDir':{}},{'persistentVolumeClaim':{'claimName':'c'}}]|persistentvolumeclaims",
                "'volumes':[{'name':'v','ephemeral':{}}]|persistentvolumeclaims (via ephemeral volumes)",
                "'volumes':[{'csi':{'driver':'d'}}]|csidrivers (via CSI volumes)",
                "'volumes':[{'projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}]|serviceaccounts (via projected volumes)",
                "'volumes':[{'projected':{'sources':[{'downwardAPI':{}},{'clusterTrustBundle':{'path':'t'}}]}}]|clustertrustbundles"
            })
    void aMirrorPodRefersToNothingOfTheApi(String spec, String plural) {
        isForbidden(ownMirror("," + spec), "node \"n1\" can not create pods that reference " + plural);
    }

    /** Its claims, in the spec or in a status of its own making, would open resource claims to the node. */
    @Test
    void cve_2025_4563_aMirrorPodNamesNoResourceClaims() {
        String why = "node \"n1\" can not create pods that reference resourceclaims";
        isForbidden(ownMirror(",'resourceClaims':[{'name':'gpu','resourceClaimName':'theirs'}]"), why);
        isForbidden(ownMirror(",'resourceClaims':[{'name':'gpu','resourceClaimTemplateName':'t'}]"), why);
        isForbidden(ownMirror("},'status':{'extendedResourceClaimStatus':{'resourceClaimName':'theirs'}"), why);
    }

    private static Attempt status(String node, String now, String old) {
        String start = "{'metadata':{'name':'p','namespace':'a'},'spec':{'nodeName':'" + node + "'},'status':{";
        return attempt(Operation.UPDATE, NODE, "pods", "status", start + now + "}}", start + old + "}}");
    }

    @Test
    void aNodeReportsOnItsOwnPods() {
        isFine(status("n1", "'phase':'Running'", "'phase':'Pending'"));
        isForbidden(
                status("n2", "'phase':'Failed'", ""),
                "node \"n1\" can only update pod status for pods with spec.nodeName set to itself");
        isForbidden(
                attempt(
                        Operation.UPDATE,
                        NODE,
                        "pods",
                        "status",
                        "{'metadata':{'name':'p','labels':{'app':'vault'}},'spec':{'nodeName':'n1'}}",
                        "{'metadata':{'name':'p'},'spec':{'nodeName':'n1'}}"),
                "node \"n1\" cannot update labels through pod status");
    }

    @Test
    void cve_2025_4563_aStatusBringsNoResourceClaims() {
        String claims = "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'theirs'}]";
        isForbidden(status("n1", claims, ""), "node \"n1\" cannot update resource claim statues");
        isForbidden(status("n1", "", claims), "node \"n1\" cannot update resource claim statues");
        isForbidden(
                status("n1", claims, claims.replace("theirs", "mine")),
                "node \"n1\" cannot update resource claim statues");
        isFine(status("n1", claims + ",'phase':'Running'", claims));
        isForbidden(
                status("n1", "'extendedResourceClaimStatus':{'resourceClaimName':'theirs'}", ""),
                "node \"n1\" cannot update extended resource claim status");
    }

    @Test
    void ofPodsANodeChangesNothingElseAndDeletesItsOwn() {
        String mine = "{'metadata':{'name':'p'},'spec':{'nodeName':'n1'}}";
        isForbidden(
                attempt(Operation.UPDATE, NODE, "pods", "", mine, mine),
                "unexpected operation \"UPDATE\", node \"n1\" can only create and delete mirror pods");
        isFine(attempt(Operation.DELETE, NODE, "pods", "", "", mine));
        isForbidden(
                attempt(Operation.DELETE, NODE, "pods", "", "", mine.replace("n1", "n2")),
                "node \"n1\" can only delete pods with spec.nodeName set to itself");
        isForbidden(
                attempt(Operation.UPDATE, NODE, "pods", "ephemeralcontainers", mine, mine),
                "unexpected pod subresource \"ephemeralcontainers\", only 'status' and 'eviction' are allowed");
    }

    private static Attempt token(String spec) {
        return new Attempt(
                Operation.CREATE,
                NODE,
                Api.type("serviceaccounts"),
                "token",
                "a",
                "robot",
                Optional.of(object("{'spec':{" + spec + "}}")),
                Optional.empty());
    }

    private static String bound(String name, String uid) {
        return "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'" + name + "','uid':'" + uid + "'}";
    }

    @Test
    void aNodeAsksForTokensOfItsPods() {
        isFine(token(bound("p", "pod-uid")));
        isFine(token(bound("p", "pod-uid") + ",'audiences':['vault']"));
        assertThat(asked).as("what the pod names needs no right").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NONE|node requested token not bound to a pod",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid'}|node requested token not bound to a pod",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s','uid':'u'}|node requested token not bound to a pod",
                "'boundObjectRef':{'apiVersion':'v2','kind':'Pod','name':'p','uid':'pod-uid'}|node requested token not bound to a pod",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','uid':'pod-uid'}|node requested token not bound to a pod",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}|node requested token with a pod binding without a uid",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p','uid':'old'}|the UID in the bound object reference (old) does not match the UID in record. The object might have been deleted and then recreated",
                "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'q','uid':'pod-uid'}|node requested token bound to a pod scheduled on a different node",
                "B,'audiences':['vault','']|node may only request 0 or 1 audiences",
                "B,'audiences':['other']|audience \"other\" not found in pod spec volume, system:node:n1 is not authorized to request tokens for this audience"
            })
    void otherTokensAreForbidden(String spec, String why) {
        isForbidden(token(spec.equals("NONE") ? "" : spec.replace("B", bound("p", "pod-uid"))), why);
    }

    @Test
    void aPodThatMountsNoTokenGivesTheNodeNone() {
        isForbidden(
                token(bound("bare", "pod-uid")),
                "audience \"\" not found in pod spec volume, system:node:n1 is not authorized to request tokens for"
                        + " this audience");
    }

    @Test
    void anotherAudienceCanBeGranted() {
        answer = Decision.allow("");
        isFine(token(bound("p", "pod-uid") + ",'audiences':['registry']"));
        assertThat(asked)
                .containsExactly(Attributes.ResourceAttributes.of(
                        NODE, "request-serviceaccounts-token-audience", "a", "", "registry", "", "robot"));
    }

    @Test
    void aTokenOfAPodThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> admit(token(bound("gone", "u"))))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        e -> assertThat(e.status().code()).isEqualTo(404));
    }

    private static Attempt request(String commonName, String signer) {
        String pem = TestRequest.of(commonName, "system:nodes").pem();
        return new Attempt(
                Operation.CREATE,
                NODE,
                Api.KINDS
                        .byResource("certificates.k8s.io", "v1", "certificatesigningrequests")
                        .orElseThrow(),
                "",
                "",
                "r",
                Optional.of(object("{'spec':{'signerName':'" + signer + "','request':'"
                        + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)) + "'}}")),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/kubelet-serving"})
    void aNodeAsksForCertificatesOfItsOwn(String signer) {
        isFine(request("system:node:n1", signer));
        isForbidden(request("system:node:n2", signer), "can only create a node CSR with CN=system:node:n1");
        isForbidden(request("n1", signer), "can only create a node CSR with CN=system:node:n1");
        isFine(request("system:node:n2", "example.com/other"));
    }

    /** What a change is held against is what is stored at that moment, never what the caller says was there. */
    @Test
    void cve_2021_25735_aChangeIsHeldAgainstTheStoredNode() {
        try (var api = new Api()) {
            api.resources.admitBy(new NodeRestriction(NodeRestrictionTest::stored, _ -> Decision.NO_OPINION));
            String before =
                    "{\"metadata\":{\"name\":\"n1\"},\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"}]}}";
            assertThat(api.post("/api/v1/nodes", before).code()).isEqualTo(201);
            String after = before.replace("}]", "},{\"key\":\"b\",\"effect\":\"NoExecute\"}]");
            assertThat(api.put("/api/v1/nodes/n1", after).code()).isEqualTo(200);
            for (String path : List.of("/api/v1/nodes/n1", "/api/v1/nodes/n1/status")) {
                for (String body : List.of(before, "{\"metadata\":{\"name\":\"n1\"}}")) {
                    var put = FakeExchange.of("PUT", path)
                            .header("Content-Type", "application/json")
                            .body(body.getBytes(StandardCharsets.UTF_8));
                    var answer = api.send(put, NODE);
                    assertThat(answer.code()).isEqualTo(403);
                    assertThat(answer.message()).endsWith("node \"n1\" is not allowed to modify taints");
                }
                var patch = FakeExchange.of("PATCH", path)
                        .header("Content-Type", "application/merge-patch+json")
                        .body("{\"spec\":{\"taints\":null}}".getBytes(StandardCharsets.UTF_8));
                assertThat(api.send(patch, NODE).code()).isEqualTo(403);
            }
            assertThat(api.get("/api/v1/nodes/n1").json().at("/spec/taints")).hasSize(2);
        }
    }

    @Test
    void whoIsNoNodeIsNotRestricted() {
        for (User user :
                List.of(User.of("jane", "system:nodes"), User.of("system:node:n1"), User.of("system:node:n2", "x"))) {
            isFine(attempt(Operation.CREATE, user, "nodes", "", labelled("node-restriction.kubernetes.io/x"), ""));
        }
    }

    @Test
    void aNodeThatDoesNotSayWhichWritesNothing() {
        isForbidden(
                attempt(
                        Operation.CREATE,
                        User.of("system:node:", "system:nodes"),
                        "configmaps",
                        "",
                        "{'metadata':{'name':'c'}}",
                        ""),
                "could not determine node from user \"system:node:\"");
    }
}
