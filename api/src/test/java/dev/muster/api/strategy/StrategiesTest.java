package dev.muster.api.strategy;

import static dev.muster.api.fixture.Trees.api;
import static dev.muster.api.fixture.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.fixture.Anything;
import dev.muster.api.fixture.Types;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrategiesTest {

    record Default(ResourceType type, String given, String stored) {}

    static Stream<Default> defaults() {
        return Stream.of(
                new Default(
                        Types.NAMESPACE,
                        "{metadata:{name:'a'},status:{phase:'Terminating'}}",
                        "{metadata:{name:'a',labels:{'kubernetes.io/metadata.name':'a'}},status:{phase:'Active'},"
                                + "spec:{finalizers:['kubernetes']}}"),
                new Default(
                        Types.SECRET,
                        "{data:{a:'eA=='},stringData:{b:'é',a:'y'}}",
                        "{data:{a:'eQ==',b:'w6k='},type:'Opaque'}"),
                new Default(
                        Types.ROLE_BINDING,
                        "{roleRef:{kind:'Role',name:'r'},subjects:[{kind:'User',name:'u'},{kind:'ServiceAccount',name:'s'}]}",
                        "{roleRef:{kind:'Role',name:'r',apiGroup:'rbac.authorization.k8s.io'},subjects:[{kind:'User',"
                                + "name:'u',apiGroup:'rbac.authorization.k8s.io'},{kind:'ServiceAccount',name:'s'}]}"),
                new Default(
                        Types.SERVICE_ACCOUNT,
                        "{secrets:[{name:'a',kind:'Secret',uid:'u'}]}",
                        "{secrets:[{name:'a'}]}"),
                new Default(
                        Types.NODE,
                        "{status:{capacity:{cpu:'4'}}}",
                        "{status:{capacity:{cpu:'4'},allocatable:{cpu:'4'}}}"),
                new Default(Types.CONFIG_MAP, "{data:{a:'b'}}", "{data:{a:'b'}}"));
    }

    @ParameterizedTest
    @MethodSource
    void defaults(Default row) {
        ObjectNode tree = object(row.given());
        var strategy = Strategies.of(row.type());
        strategy.setDefaults(tree);
        strategy.prepareForCreate(tree);
        assertThat(tree).isEqualTo(object(row.stored()));
    }

    record Wrong(ResourceType type, String object, String field, String reason, String message) {}

    static Stream<Wrong> refusals() {
        return Stream.concat(rbac(), core());
    }

    static Stream<Wrong> rbac() {
        String ref = "roleRef:{apiGroup:'rbac.authorization.k8s.io',kind:'ClusterRole',name:'r'}";
        return Stream.of(
                new Wrong(
                        Types.ROLE,
                        "{rules:[{apiGroups:[''],resources:['pods']}]}",
                        "rules[0].verbs",
                        "FieldValueRequired",
                        "Required value: verbs must contain at least one value"),
                new Wrong(
                        Types.ROLE,
                        "{rules:[{verbs:['get'],resources:['pods']}]}",
                        "rules[0].apiGroups",
                        "FieldValueRequired",
                        "Required value: resource rules must supply at least one api group"),
                new Wrong(
                        Types.ROLE,
                        "{rules:[{verbs:['get'],apiGroups:['']}]}",
                        "rules[0].resources",
                        "FieldValueRequired",
                        "Required value: resource rules must supply at least one resource"),
                new Wrong(
                        Types.ROLE,
                        "{rules:[{verbs:['*'],apiGroups:[],resources:[],nonResourceURLs:['*']}]}",
                        "rules[0].nonResourceURLs",
                        "FieldValueInvalid",
                        "Invalid value: [\"*\"]: namespaced rules cannot apply to non-resource URLs; put them in a"
                                + " ClusterRole bound by a ClusterRoleBinding"),
                new Wrong(
                        Types.CLUSTER_ROLE,
                        "{rules:[{verbs:['get'],apiGroups:[''],resources:['pods'],nonResourceURLs:['/a']}]}",
                        "rules[0].nonResourceURLs",
                        "FieldValueInvalid",
                        "Invalid value: [\"/a\"]: rules cannot apply to both regular resources and non-resource URLs"),
                new Wrong(
                        Types.CLUSTER_ROLE,
                        "{aggregationRule:{}}",
                        "aggregationRule.clusterRoleSelectors",
                        "FieldValueRequired",
                        "Required value: at least one clusterRoleSelector required if aggregationRule is non-nil"),
                new Wrong(
                        Types.CLUSTER_ROLE,
                        "{aggregationRule:{clusterRoleSelectors:[{matchExpressions:[{key:'a',operator:'In'}]}]}}",
                        "aggregationRule.clusterRoleSelectors[0].matchExpressions[0].values",
                        "FieldValueRequired",
                        "Required value: must be specified when `operator` is 'In' or 'NotIn'"),
                new Wrong(
                        Types.ROLE_BINDING,
                        "{roleRef:{apiGroup:'x',kind:'Role',name:'r'}}",
                        "roleRef.apiGroup",
                        "FieldValueNotSupported",
                        "Unsupported value: \"x\": supported values: \"rbac.authorization.k8s.io\""),
                new Wrong(
                        Types.CLUSTER_ROLE_BINDING,
                        "{roleRef:{apiGroup:'rbac.authorization.k8s.io',kind:'Role',name:'r'}}",
                        "roleRef.kind",
                        "FieldValueNotSupported",
                        "Unsupported value: \"Role\": supported values: \"ClusterRole\""),
                new Wrong(
                        Types.ROLE_BINDING,
                        "{roleRef:{apiGroup:'rbac.authorization.k8s.io',kind:'Role',name:'a/b'}}",
                        "roleRef.name",
                        "FieldValueInvalid",
                        "Invalid value: \"a/b\": may not contain '/'"),
                new Wrong(
                        Types.CLUSTER_ROLE_BINDING,
                        "{" + ref + ",subjects:[{kind:'ServiceAccount',name:'s'}]}",
                        "subjects[0].namespace",
                        "FieldValueRequired",
                        "Required value"),
                new Wrong(
                        Types.ROLE_BINDING,
                        "{" + ref + ",subjects:[{kind:'Robot',name:'s'}]}",
                        "subjects[0].kind",
                        "FieldValueNotSupported",
                        "Unsupported value: \"Robot\": supported values: \"ServiceAccount\", \"User\", \"Group\""),
                new Wrong(
                        Types.ROLE_BINDING,
                        "{" + ref + ",subjects:[{kind:'User',name:'s',apiGroup:'x'}]}",
                        "subjects[0].apiGroup",
                        "FieldValueNotSupported",
                        "Unsupported value: \"x\": supported values: \"rbac.authorization.k8s.io\""));
    }

    static Stream<Wrong> core() {
        String big = Base64.getEncoder().encodeToString(new byte[1024 * 1024 + 1]);
        return Stream.of(
                new Wrong(
                        Types.CONFIG_MAP,
                        "{data:{'a b':''}}",
                        "data[a b]",
                        "FieldValueInvalid",
                        "Invalid value: \"a b\": a valid config key must"),
                new Wrong(
                        Types.CONFIG_MAP,
                        "{data:{a:''},binaryData:{a:''}}",
                        "data[a]",
                        "FieldValueInvalid",
                        "Invalid value: \"a\": duplicate of key present in binaryData"),
                new Wrong(
                        Types.CONFIG_MAP,
                        "{binaryData:{a:'" + big + "'}}",
                        "[]",
                        "FieldValueTooLong",
                        "Too long: may not be more than 1048576 bytes"),
                new Wrong(
                        Types.SECRET,
                        "{type:'Opaque',data:{a:'" + big + "'}}",
                        "data",
                        "FieldValueTooLong",
                        "Too long: may not be more than 1048576 bytes"),
                new Wrong(
                        Types.SECRET,
                        "{type:'kubernetes.io/ssh-auth'}",
                        "data[ssh-privatekey]",
                        "FieldValueRequired",
                        "Required value"),
                new Wrong(
                        Types.SECRET,
                        "{type:'kubernetes.io/tls',data:{'tls.crt':''}}",
                        "data[tls.key]",
                        "FieldValueRequired",
                        "Required value"),
                new Wrong(
                        Types.SECRET,
                        "{type:'kubernetes.io/service-account-token'}",
                        "metadata.annotations[kubernetes.io/service-account.name]",
                        "FieldValueRequired",
                        "Required value"),
                new Wrong(
                        Types.SECRET,
                        "{type:'kubernetes.io/dockerconfigjson',data:{'.dockerconfigjson':'eA=='}}",
                        "data[.dockerconfigjson]",
                        "FieldValueInvalid",
                        "Invalid value: \"<secret contents redacted>\": must be a JSON object"),
                new Wrong(
                        Types.EVENT,
                        "{metadata:{namespace:'a'},involvedObject:{namespace:'b'}}",
                        "involvedObject.namespace",
                        "FieldValueInvalid",
                        "Invalid value: \"b\": does not match event.namespace"),
                new Wrong(
                        Types.EVENT,
                        "{metadata:{namespace:'a'},eventTime:'t',involvedObject:{namespace:'a'},"
                                + "reportingComponent:'r',reportingInstance:'r',reason:'r'}",
                        "action",
                        "FieldValueRequired",
                        "Required value"),
                new Wrong(
                        Types.NODE,
                        "{spec:{taints:[{key:'a',effect:'Frob'}]}}",
                        "spec.taints[0].effect",
                        "FieldValueNotSupported",
                        "Unsupported value: \"Frob\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
                new Wrong(
                        Types.NAMESPACE,
                        "{spec:{finalizers:['x']}}",
                        "spec.finalizers",
                        "FieldValueInvalid",
                        "Invalid value: \"x\": name is neither a standard finalizer name nor is it fully qualified"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Wrong row) {
        assertThat(Strategies.of(row.type()).validate(api(row.object())))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.field()).isEqualTo(row.field());
                    assertThat(cause.reason()).isEqualTo(row.reason());
                    assertThat(cause.message()).startsWith(row.message());
                });
    }

    @Test
    void theSeedsRoleIsRefusedWithItsMend() {
        var causes = Strategies.of(Types.ROLE)
                .validate(api("{rules:[{apiGroups:['*'],resources:['*'],verbs:['*'],nonResourceURLs:['*']}]}"));
        assertThat(causes).hasSize(2).allMatch(cause -> cause.field().equals("rules[0].nonResourceURLs"));
        assertThat(causes.getFirst().message()).contains("put them in a ClusterRole bound by a ClusterRoleBinding");
    }

    record Change(ResourceType type, String old, String now, String field, String message) {}

    static Stream<Change> changes() {
        String binding = "{roleRef:{apiGroup:'rbac.authorization.k8s.io',kind:'Role',name:'a'}}";
        return Stream.of(
                new Change(
                        Types.ROLE_BINDING,
                        binding,
                        binding.replace("'a'", "'b'"),
                        "roleRef",
                        "Invalid value: {\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"b\"}: cannot"
                                + " change roleRef"),
                new Change(
                        Types.SECRET, "{type:'a'}", "{type:'b'}", "type", "Invalid value: \"b\": field is immutable"),
                new Change(
                        Types.SECRET,
                        "{type:'a',immutable:true}",
                        "{type:'a'}",
                        "immutable",
                        "Forbidden: field is immutable when `immutable` is set"),
                new Change(
                        Types.SECRET,
                        "{type:'a',immutable:true,data:{x:'eA=='}}",
                        "{type:'a',immutable:true}",
                        "data",
                        "Forbidden: field is immutable when `immutable` is set"),
                new Change(
                        Types.CONFIG_MAP,
                        "{immutable:true}",
                        "{immutable:true,binaryData:{a:'eA=='}}",
                        "binaryData",
                        "Forbidden: field is immutable when `immutable` is set"),
                new Change(
                        Types.NODE,
                        "{spec:{providerID:'a'}}",
                        "{spec:{}}",
                        "spec.providerID",
                        "Forbidden: node updates may not change providerID except from \"\" to valid"),
                new Change(
                        Types.NAMESPACE,
                        "{status:{phase:'Active'}}",
                        "{status:{phase:'Terminating'}}",
                        "status.Phase",
                        "Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty"));
    }

    @ParameterizedTest
    @MethodSource
    void changes(Change row) {
        assertThat(Strategies.of(row.type()).validateUpdate(api(row.now()), api(row.old())))
                .extracting(Cause::field, Cause::message)
                .containsExactly(tuple(row.field(), row.message()));
    }

    @Test
    void statusIsNotForWholeUpdates() {
        for (ResourceType type : List.of(Types.NAMESPACE, Types.NODE, Types.POD)) {
            ObjectNode update = object("{spec:{finalizers:[]},status:{phase:'X'}}");
            Strategies.of(type).prepareForUpdate(update, api("{status:{phase:'Y'}}"));
            assertThat(update.at("/status/phase").asText()).isEqualTo("Y");
        }
    }

    @Test
    void rolesAreNamedAsPathsAllow() {
        assertThat(Strategies.of(Types.ROLE).nameProblems("system:node-proxier", false))
                .isEmpty();
        assertThat(Strategies.of(Types.CLUSTER_ROLE).nameProblems("a/b", false)).containsExactly("may not contain '/'");
        assertThat(Strategies.of(Types.NAMESPACE).nameProblems("a.b", false)).containsExactly("must not contain dots");
    }

    @Test
    void everyKindHasItsStrategy() {
        for (ResourceType type : Types.ALL) {
            var strategy = Strategies.of(type);
            assertThat(strategy.getClass().getEnclosingClass())
                    .as(type.plural())
                    .isNull();
            ObjectNode empty = object("{metadata:{}}");
            strategy.setDefaults(empty);
            strategy.prepareForCreate(empty);
            strategy.validate(ApiObject.of(empty));
            strategy.prepareForUpdate(empty, api("{}"));
            strategy.validateUpdate(ApiObject.of(empty), api("{}"));
        }
    }

    @Test
    void oldFormsAreToldTodays() {
        assertThat(Legacy.hint("rbac.authorization.k8s.io/v1alpha1", "RoleBinding")
                        .orElseThrow())
                .contains("write apiVersion: rbac.authorization.k8s.io/v1", "apiVersion has become apiGroup");
        assertThat(Legacy.hint("rbac.authorization.k8s.io/v1beta1", "Role").orElseThrow())
                .contains("ClusterRole");
        assertThat(Legacy.hint("rbac.authorization.k8s.io/v1", "Role")).isEmpty();
        assertThat(Legacy.hint("example.com/v1alpha1", "Role")).isEmpty();
    }

    /** Types are checked before, so this is a second line: whatever comes, there is an answer. */
    @Test
    void anyTreeIsJudgedWithoutAFault() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var tree = Anything.object(random);
            for (ResourceType type : Types.ALL) {
                var strategy = Strategies.of(type);
                ObjectNode given = tree.deepCopy();
                strategy.setDefaults(given);
                strategy.prepareForCreate(given);
                strategy.validate(ApiObject.of(given));
                ObjectMetaRules.validate(ApiObject.of(given), type, strategy);
                strategy.prepareForUpdate(given, ApiObject.of(tree));
                strategy.validateUpdate(ApiObject.of(given), ApiObject.of(tree));
                ObjectMetaRules.validateUpdate(ApiObject.of(given), ApiObject.of(tree), type, strategy);
            }
        }
    }
}
