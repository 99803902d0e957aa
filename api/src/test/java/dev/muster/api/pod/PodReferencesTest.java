package dev.muster.api.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReferencesTest {

    private static PodReferences of(String spec, String status) throws Exception {
        JsonNode tree = new ObjectMapper()
                .readTree("{'metadata':{'name':'web'},'spec':%s,'status':%s}"
                        .formatted(spec, status)
                        .replace('\'', '"'));
        return PodReferences.of(ApiObject.of((ObjectNode) tree));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'imagePullSecrets':[{'name':'s'}]}",
                "{'containers':[{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}]}",
                "{'containers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]}",
                "{'initContainers':[{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}]}",
                "{'initContainers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]}",
                "{'ephemeralContainers':[{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}]}",
                "{'ephemeralContainers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]}",
                "{'volumes':[{'secret':{'secretName':'s'}}]}",
                "{'volumes':[{'projected':{'sources':[{'downwardAPI':{}},{'secret':{'name':'s'}}]}}]}",
                "{'volumes':[{'azureFile':{'secretName':'s'}}]}",
                "{'volumes':[{'cephfs':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'cinder':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'flexVolume':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'iscsi':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'rbd':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'scaleIO':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'storageos':{'secretRef':{'name':'s'}}}]}",
                "{'volumes':[{'csi':{'driver':'d','nodePublishSecretRef':{'name':'s'}}}]}"
            })
    void everyWayToASecretIsFound(String spec) throws Exception {
        var found = of(spec, "{}");
        assertThat(found.secrets()).containsExactly("s");
        assertThat(found.configMaps()).isEmpty();
        assertThat(found.volumeClaims()).isEmpty();
        assertThat(found.resourceClaims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'containers':[{'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'c','key':'k'}}}]}]}",
                "{'containers':[{'envFrom':[{'configMapRef':{'name':'c'}}]}]}",
                "{'initContainers':[{'envFrom':[{'configMapRef':{'name':'c'}}]}]}",
                "{'ephemeralContainers':[{'envFrom':[{'configMapRef':{'name':'c'}}]}]}",
                "{'volumes':[{'configMap':{'name':'c'}}]}",
                "{'volumes':[{'projected':{'sources':[{'configMap':{'name':'c'}}]}}]}"
            })
    void everyWayToAConfigMapIsFound(String spec) throws Exception {
        var found = of(spec, "{}");
        assertThat(found.configMaps()).containsExactly("c");
        assertThat(found.secrets()).isEmpty();
    }

    @Test
    void claimsAreThoseNamedAndThoseMadeForThePod() throws Exception {
        var found = of(
                "{'volumes':[{'name':'a','persistentVolumeClaim':{'claimName':'data'}},{'name':'b','ephemeral':{}}]}",
                "{}");
        assertThat(found.volumeClaims()).isEqualTo(Set.of("data", "web-b"));
    }

    @Test
    void resourceClaimsOfTemplatesAreThoseThatTheStatusTellsForThatTemplate() throws Exception {
        var found = of(
                "{'resourceClaims':[{'name':'a','resourceClaimName':'own'},{'name':'b','resourceClaimTemplateName':'t'}]}",
                "{'resourceClaimStatuses':[{'name':'b','resourceClaimName':'made'},"
                        + "{'name':'zzz','resourceClaimName':'smuggled'}],"
                        + "'extendedResourceClaimStatus':{'resourceClaimName':'extended'}}");
        assertThat(found.resourceClaims()).isEqualTo(Set.of("own", "made", "extended"));
    }

    @Test
    void whatIsMalformedRefersToNothing() throws Exception {
        var found = of(
                "{'imagePullSecrets':[{'name':7},{}],'containers':'x','volumes':[{'secret':{'secretName':['s']}},7]}",
                "{}");
        assertThat(found.secrets()).isEmpty();
    }
}
