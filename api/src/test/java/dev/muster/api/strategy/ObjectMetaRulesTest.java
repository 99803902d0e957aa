package dev.muster.api.strategy;

import static dev.muster.api.fixture.Trees.api;
import static dev.muster.api.fixture.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.fixture.Types;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectMetaRulesTest {

    private static final Strategy PLAIN = new Strategy() {
        @Override
        public void setDefaults(ObjectNode object) {}

        @Override
        public List<Cause> validate(ApiObject object) {
            return List.of();
        }
    };

    record Row(ResourceType type, String metadata, String field, String message) {}

    static Stream<Row> refusals() {
        var cm = Types.CONFIG_MAP;
        return Stream.of(
                new Row(cm, "{namespace:'n'}", "metadata.name", "Required value: name or generateName is required"),
                new Row(cm, "{name:'a'}", "metadata.namespace", "Required value"),
                new Row(
                        Types.NODE,
                        "{name:'a',namespace:'n'}",
                        "metadata.namespace",
                        "Forbidden: not allowed on this type"),
                new Row(
                        cm,
                        "{name:'a',namespace:'a.b'}",
                        "metadata.namespace",
                        "Invalid value: \"a.b\": must not contain dots"),
                new Row(
                        cm,
                        "{name:'a',generateName:'B',namespace:'n'}",
                        "metadata.generateName",
                        "Invalid value: \"B\": a lowercase RFC 1123 subdomain must"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',generation:-1}",
                        "metadata.generation",
                        "Invalid value: -1: must be greater than or equal to 0"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',labels:{'a b':'c'}}",
                        "metadata.labels",
                        "Invalid value: \"a b\": name part must consist"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',labels:{a:'b c'}}",
                        "metadata.labels",
                        "Invalid value: \"b c\": a valid label must be an empty string"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',annotations:{'A/b c':''}}",
                        "metadata.annotations",
                        "Invalid value: \"A/b c\": name part"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',annotations:{a:'" + "x".repeat(262_144) + "'}}",
                        "metadata.annotations",
                        "Too long: may not be more than 262144 bytes"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',finalizers:['a/b c']}",
                        "metadata.finalizers",
                        "Invalid value: \"a/b c\": name part"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',finalizers:['orphan','foregroundDeletion']}",
                        "metadata.finalizers",
                        "Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and foregroundDeletion cannot be"
                                + " both set"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',ownerReferences:[{apiVersion:'v1',kind:'Pod',name:'p'}]}",
                        "metadata.ownerReferences[0].uid",
                        "Required value: must not be empty"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',ownerReferences:[{apiVersion:'a/b/c',kind:'K',name:'p',uid:'u'}]}",
                        "metadata.ownerReferences[0].apiVersion",
                        "Invalid value: \"a/b/c\": must be <group>/<version> or <version>"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',ownerReferences:[{apiVersion:'v1',kind:'Event',name:'p',uid:'u'}]}",
                        "metadata.ownerReferences[0]",
                        "Invalid value: {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"p\",\"uid\":\"u\"}: /v1, Kind=Event"
                                + " is disallowed from being an owner"),
                new Row(
                        cm,
                        "{name:'a',namespace:'n',managedFields:[{operation:'Frob'}]}",
                        "metadata.managedFields[0].operation",
                        "Unsupported value: \"Frob\": supported values: \"Apply\", \"Update\""));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(Row row) {
        var causes = ObjectMetaRules.validate(api("{metadata:" + row.metadata() + "}"), row.type(), PLAIN);
        assertThat(causes).singleElement().satisfies(cause -> {
            assertThat(cause.field()).isEqualTo(row.field());
            assertThat(cause.message()).startsWith(row.message());
        });
    }

    @Test
    void onlyOneOwnerIsTheController() {
        String owner = "{apiVersion:'apps/v1',kind:'K',name:'%s',uid:'u',controller:true}";
        var causes = ObjectMetaRules.validate(
                api("{metadata:{name:'a',namespace:'n',ownerReferences:[" + owner.formatted("x") + ","
                        + owner.formatted("y") + "]}}"),
                Types.CONFIG_MAP,
                PLAIN);
        assertThat(causes)
                .singleElement()
                .satisfies(
                        cause -> assertThat(cause.message())
                                .endsWith(
                                        "Only one reference can have Controller set to true. Found \"true\" in references for K/x and K/y"));
    }

    @Test
    void whateverAKindAllowsANameStaysOneSegment() {
        var anything = new Strategy() {
            @Override
            public void setDefaults(ObjectNode object) {}

            @Override
            public List<Cause> validate(ApiObject object) {
                return List.of();
            }

            @Override
            public List<String> nameProblems(String name, boolean generated) {
                return List.of();
            }
        };
        for (String name : List.of("..", ".", "a/b", "%2e")) {
            assertThat(ObjectMetaRules.validate(api("{metadata:{name:'" + name + "'}}"), Types.CLUSTER_ROLE, anything))
                    .isNotEmpty();
        }
    }

    record Change(String old, String now, String field, String message) {}

    static Stream<Change> changes() {
        String same = "name:'a',namespace:'n',uid:'u',resourceVersion:'1',creationTimestamp:'2026-01-01T00:00:00Z'";
        return Stream.of(
                new Change(
                        same,
                        same.replace("uid:'u'", "uid:'v'"),
                        "metadata.uid",
                        "Invalid value: \"v\": field is immutable"),
                new Change(
                        same,
                        same.replace("name:'a'", "name:'b'"),
                        "metadata.name",
                        "Invalid value: \"b\": field is immutable"),
                new Change(
                        same,
                        same.replace("'n'", "'m'"),
                        "metadata.namespace",
                        "Invalid value: \"m\": field is immutable"),
                new Change(
                        same,
                        same.replace("2026", "2025"),
                        "metadata.creationTimestamp",
                        "Invalid value: \"2025-01-01T00:00:00Z\": field is immutable"),
                new Change(
                        same,
                        same + ",deletionTimestamp:'2026-01-01T00:00:00Z'",
                        "metadata.deletionTimestamp",
                        "Invalid value: \"2026-01-01T00:00:00Z\": field is immutable"),
                new Change(
                        same,
                        same.replace("'1'", "''"),
                        "metadata.resourceVersion",
                        "Invalid value: \"\": must be specified for an update"),
                new Change(
                        same + ",deletionTimestamp:'2026-01-01T00:00:00Z',finalizers:['a.b/c']",
                        same + ",deletionTimestamp:'2026-01-01T00:00:00Z',finalizers:['a.b/c','a.b/d']",
                        "metadata.finalizers",
                        "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers"
                                + " []string{\"a.b/d\"}"));
    }

    @ParameterizedTest
    @MethodSource
    void changes(Change row) {
        var causes = ObjectMetaRules.validateUpdate(
                api("{metadata:{" + row.now() + "}}"), api("{metadata:{" + row.old() + "}}"), Types.CONFIG_MAP, PLAIN);
        assertThat(causes)
                .singleElement()
                .isEqualTo(new Cause(
                        row.message().startsWith("Forbidden") ? "FieldValueForbidden" : "FieldValueInvalid",
                        row.message(),
                        row.field()));
    }

    @Test
    void whatTheSystemSetIsKept() {
        var old = api("{metadata:{name:'a',uid:'u',generation:3,creationTimestamp:'c',deletionTimestamp:'d',"
                + "deletionGracePeriodSeconds:0}}");
        var update = object("{metadata:{name:'a',generation:9,creationTimestamp:null}}");
        ObjectMetaRules.keepSystemFields(update, old);
        assertThat(update).isEqualTo(old.tree());
    }

    @Test
    void theUrlDecidesNamespaceAndName() {
        var cm = object("{metadata:{}}");
        ObjectMetaRules.matchNamespace(cm, "n", Types.CONFIG_MAP);
        ObjectMetaRules.matchName(cm, "a");
        assertThat(cm).isEqualTo(object("{metadata:{namespace:'n',name:'a'}}"));
        assertThatThrownBy(() -> ObjectMetaRules.matchNamespace(cm, "m", Types.CONFIG_MAP))
                .hasMessage("the namespace of the provided object does not match the namespace sent on the request");
        assertThatThrownBy(() -> ObjectMetaRules.matchName(cm, "b"))
                .hasMessage("the name of the object (a) does not match the name on the URL (b)");
    }
}
