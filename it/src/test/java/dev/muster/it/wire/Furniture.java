package dev.muster.it.wire;

import java.util.List;

/** The objects that the recorded commands speak of. */
final class Furniture {

    /** One object and where it is made. */
    record Piece(String target, String json) {}

    static final List<Piece> ALL = List.of(
            new Piece("/api/v1/namespaces", "{'metadata':{'name':'team'}}"),
            new Piece("/api/v1/namespaces/default/configmaps", "{'metadata':{'name':'c'},'data':{'a':'1'}}"),
            new Piece("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}"),
            new Piece("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'robot'}}"),
            new Piece("/api/v1/namespaces/team/serviceaccounts", "{'metadata':{'name':'robot'}}"),
            new Piece(
                    "/api/v1/namespaces/default/pods",
                    "{'metadata':{'name':'p'},'spec':{'serviceAccountName':'robot','containers':[{'name':'c','image':'example.com/i'}]}}"),
            new Piece("/api/v1/nodes", "{'metadata':{'name':'n'}}"),
            new Piece("/apis/rbac.authorization.k8s.io/v1/clusterroles", "{'metadata':{'name':'r'},'rules':[]}"),
            new Piece(
                    "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
                    "{'metadata':{'name':'r'},'rules':[]}"),
            new Piece(
                    "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                    "{'metadata':{'name':'b'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'}}"),
            new Piece(
                    "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                    "{'metadata':{'name':'b'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'r'}}"));

    private Furniture() {}
}
