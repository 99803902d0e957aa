package dev.muster.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.core.access.Attributes;
import dev.muster.http.serve.Query;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request line says, row by row as kube-apiserver reads it. */
class RequestInfoParserTest {

    /** {@code what} is verb, group, version, namespace, resource, subresource, name, each after a bar. */
    record Row(String method, String target, String what) {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    private static Row row(String method, String target, String what) {
        return new Row(method, target, what);
    }

    static List<Row> resources() {
        return List.of(
                row("GET", "/api/v1/namespaces", "list||v1||namespaces||"),
                row("GET", "/api/v1/namespaces/x", "get||v1|x|namespaces||x"),
                row("HEAD", "/api/v1/namespaces/x", "get||v1|x|namespaces||x"),
                row("PUT", "/api/v1/namespaces/x/finalize", "update||v1|x|namespaces|finalize|x"),
                row("PUT", "/api/v1/namespaces/x/status", "update||v1|x|namespaces|status|x"),
                row("POST", "/api/v1/namespaces", "create||v1||namespaces||"),
                row("DELETE", "/api/v1/namespaces/x", "delete||v1|x|namespaces||x"),
                row("GET", "/api/v1/namespaces/x/pods", "list||v1|x|pods||"),
                row("HEAD", "/api/v1/namespaces/x/pods", "list||v1|x|pods||"),
                row("POST", "/api/v1/namespaces/x/pods", "create||v1|x|pods||"),
                row("DELETE", "/api/v1/namespaces/x/pods", "deletecollection||v1|x|pods||"),
                row("GET", "/api/v1/namespaces/x/pods/p", "get||v1|x|pods||p"),
                row("PATCH", "/api/v1/namespaces/x/pods/p", "patch||v1|x|pods||p"),
                row("GET", "/api/v1/namespaces/x/pods/p/log", "get||v1|x|pods|log|p"),
                row("GET", "/api/v1/namespaces/x/pods/p/proxy/a/b", "get||v1|x|pods|proxy|p"),
                row("POST", "/api/v1/namespaces/x/serviceaccounts/s/token", "create||v1|x|serviceaccounts|token|s"),
                row("GET", "/api/v1/pods", "list||v1||pods||"),
                row("GET", "/api/v1/nodes/n", "get||v1||nodes||n"),
                row("PATCH", "/api/v1/nodes/n/status", "patch||v1||nodes|status|n"),
                row("OPTIONS", "/api/v1/pods", "||v1||pods||"),
                row("get", "/api/v1/pods/p", "||v1||pods||p"),
                row("GET", "/apis/g.io/v1/things", "list|g.io|v1||things||"),
                row("GET", "/apis/g.io/v1/things/t", "get|g.io|v1||things||t"),
                row("GET", "/apis/g.io/v1/namespaces/x/things/t/scale", "get|g.io|v1|x|things|scale|t"),
                // slashes at the ends do not count, inner ones do
                row("GET", "/api/v1/pods/", "list||v1||pods||"),
                row("GET", "//api/v1/pods//", "list||v1||pods||"),
                row("GET", "/api/v1//pods", "get||v1||||pods"),
                row("GET", "/api/v1/namespaces//pods", "list||v1||pods||"),
                row("GET", "/api/v1/pods//log", "list||v1||pods|log|"),
                // the old prefixes
                row("GET", "/api/v1/watch/pods", "watch||v1||pods||"),
                row("GET", "/api/v1/watch/namespaces/x/pods", "watch||v1|x|pods||"),
                row("GET", "/api/v1/watch/namespaces/x/pods/p", "watch||v1|x|pods||p"),
                row("POST", "/api/v1/watch/pods", "watch||v1||pods||"),
                row("GET", "/apis/g/v1/watch/things", "watch|g|v1||things||"),
                row("GET", "/api/v1/proxy/nodes/n", "proxy||v1||nodes||n"),
                row("GET", "/api/v1/proxy/nodes/n/a/b", "proxy||v1||nodes||n"),
                row("GET", "/api/v1/proxy/namespaces/x/services/s/a", "proxy||v1|x|services||s"),
                row("GET", "/api/v1/watch/watch", "watch||v1||watch||"),
                // watches
                row("GET", "/api/v1/pods?watch=true", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?watch=1", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?watch=", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?watch", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?watch=nonsense", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?watch=false", "list||v1||pods||"),
                row("GET", "/api/v1/pods?watch=FALSE", "list||v1||pods||"),
                row("GET", "/api/v1/pods?watch=0", "list||v1||pods||"),
                row("GET", "/api/v1/pods?watch=false&watch=true", "list||v1||pods||"),
                row("GET", "/api/v1/pods?watch=true&limit=x", "watch||v1||pods||"),
                row("GET", "/api/v1/pods?Watch=true", "list||v1||pods||"),
                row("GET", "/api/v1/pods/p?watch=true", "get||v1||pods||p"),
                row("POST", "/api/v1/pods?watch=true", "create||v1||pods||"),
                row("DELETE", "/api/v1/pods?watch=true", "deletecollection||v1||pods||"),
                // text that looks like more than it is
                row("GET", "/api/v1/namespaces/../pods", "list||v1|..|pods||"),
                row("GET", "/api/v1/namespaces/x/pods/%2e%2e", "get||v1|x|pods||.."),
                row("GET", "/api/v1/pods/a%2525", "get||v1||pods||a%25"),
                row("GET", "/api/v1/namespaces/x/configmaps/a+b", "get||v1|x|configmaps||a+b"),
                row("GET", "/api/v1/pods/caf%C3%A9", "get||v1||pods||café"),
                row("GET", "/api/v1/%70ods", "list||v1||pods||"),
                row("GET", "/%61pi/v1/pods", "list||v1||pods||"));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aResourceRequestSaysWhatItWants(Row row) {
        var info = parse(row.method(), row.target());
        assertThat(info.resourceRequest()).isTrue();
        assertThat(String.join(
                        "|",
                        info.verb(),
                        info.apiGroup(),
                        info.apiVersion(),
                        info.namespace(),
                        info.resource(),
                        info.subresource(),
                        info.name()))
                .isEqualTo(row.what());
    }

    static List<Row> paths() {
        return List.of(
                row("GET", "/", "get"),
                row("GET", "", "get"),
                row("GET", "*", "get"),
                row("GET", "/api", "get"),
                row("GET", "/api/", "get"),
                row("GET", "/api/v1", "get"),
                row("GET", "/api/v1/", "get"),
                row("GET", "/apis", "get"),
                row("GET", "/apis/g", "get"),
                row("GET", "/apis/g/v1", "get"),
                row("GET", "/apis/g/v1/", "get"),
                row("GET", "/healthz", "get"),
                row("HEAD", "/healthz", "head"),
                row("POST", "/healthz", "post"),
                row("Frob", "/healthz", "frob"),
                row("GET", "/API/v1/pods", "get"),
                row("GET", "/openapi/v3/api/v1/pods", "get"),
                row("GET", "/livez/a/b/c/d", "get"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void anythingElseIsAPathWithTheMethodAsItsVerb(Row row) {
        var info = parse(row.method(), row.target());
        assertThat(info.resourceRequest()).isFalse();
        assertThat(info.verb()).isEqualTo(row.what());
        assertThat(info.path()).isEqualTo(row.target());
        assertThat(info.parts()).isEmpty();
    }

    static List<Row> selected() {
        return List.of(
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp", "p"),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name==p,spec.x!=y", "p"),
                row("GET", "/api/v1/pods?watch=1&fieldSelector=metadata.name%3Dp", "p"),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&limit=500&timeoutSeconds=3", "p"),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name!%3Dp", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Da%2Fb", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3D..", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3D%2525", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&limit=many", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&limit=", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&limit=%D9%A1", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&timeoutSeconds=1s", ""),
                row("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dp&labelSelector=a%20b", ""),
                row("GET", "/api/v1/pods?fieldSelector=nonsense", ""),
                row("DELETE", "/api/v1/pods?fieldSelector=metadata.name%3Dp", ""),
                row("POST", "/api/v1/pods?fieldSelector=metadata.name%3Dp", ""),
                row("GET", "/api/v1/watch/pods?fieldSelector=metadata.name%3Dp", ""));
    }

    @ParameterizedTest
    @MethodSource("selected")
    void aFieldSelectorForOneNameNamesTheObjectWhenTheWholeQueryIsReadable(Row row) {
        assertThat(parse(row.method(), row.target()).name()).isEqualTo(row.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/pods", "/api/v1/pods?watch=1&x=y", "/apis/g/v1/namespaces/n/things?limit=many"})
    void selectorsReachTheAuthorizerForListAndWatchWhateverElseTheQueryHolds(String target) {
        String query = (target.indexOf('?') < 0 ? "?" : "&") + "fieldSelector=a%3Db&labelSelector=c";
        assertThat(parse("GET", target + query).selectors()).contains(new Attributes.Selectors("a=b", "c"));
        assertThat(parse("DELETE", target + query).selectors()).contains(new Attributes.Selectors("a=b", "c"));
        assertThat(parse("POST", target + query).selectors()).isEmpty();
        assertThat(parse("GET", target).selectors()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/watch/pods", "/api/v1/watch/namespaces/n/pods/p", "/api/v1/pods/p"})
    void theOldWatchPrefixAndSingleObjectsHaveNoSelectors(String target) {
        assertThat(parse("GET", target + "?labelSelector=c").selectors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/a%2Fb/pods",
                "/api%2fv1/pods",
                "/healthz%2F..%2Fmetrics",
                "/api/v1/pods/%",
                "/api/v1/pods/%4",
                "/api/v1/pods/%zz",
                "/api/v1/pods/%+1",
                "/api/v1/pods/%00",
                "/api/v1/pods/%0a",
                "/api/v1/pods/%7F",
                "/api/v1/pods/%ff",
                "/api/v1/pods/%C0%AF",
                "/api/v1/pods/%ED%A0%80",
                "/api/v1/pods/a b",
                "/api/v1/pods/a\nb",
                "/api/v1/pods/é",
                "/api/v1/watch",
                "/api/v1/proxy/",
                "/apis/g/v1/watch"
            })
    void aPathThatTwoReadersCouldReadDifferentlyIsABadRequest(String path) {
        assertThatThrownBy(() -> parse("GET", path)).isInstanceOfSatisfying(StatusException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().reason()).isEqualTo("BadRequest");
        });
    }

    private static RequestInfo parse(String method, String target) {
        int question = target.indexOf('?');
        return question < 0
                ? RequestInfoParser.parse(method, target, Query.EMPTY)
                : RequestInfoParser.parse(
                        method, target.substring(0, question), Query.parse(target.substring(question + 1)));
    }
}
