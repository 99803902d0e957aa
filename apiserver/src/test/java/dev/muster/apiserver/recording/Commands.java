package dev.muster.apiserver.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What kubectl is told to do while it is recorded: every command that sends something of its own. */
final class Commands {

    private static final String COMMANDS = """
            api-resources
            api-versions
            version
            explain pod.spec.containers
            auth whoami
            auth can-i get pods
            auth can-i get pods/log -n team
            auth can-i get /healthz
            auth can-i create roles.rbac.authorization.k8s.io -A
            auth can-i --list -n team
            auth reconcile -f DIR/roles.yaml
            create role r --verb=get,list --resource=pods,secrets --resource-name=x
            create clusterrole r --verb=get --resource=nodes
            create clusterrole u --verb=get --non-resource-url=/healthz
            create clusterrole a --aggregation-rule=team=a
            create rolebinding b --clusterrole=view --user=jane --group=developers --serviceaccount=team:robot
            create clusterrolebinding b --clusterrole=view --group=developers
            create secret generic s --from-literal=password=hunter2
            create secret generic s --from-literal=a=b --type=example.com/x --dry-run=server
            create secret docker-registry d --docker-server=example.com --docker-username=u --docker-password=p
            create serviceaccount robot -n team
            create namespace team
            create configmap c --from-literal=a=1
            create token robot -n team --duration=10m --audience=example
            create token robot --bound-object-kind=Pod --bound-object-name=p
            create -f DIR/new-configmap.yaml
            create -f DIR/new-pod.yaml --validate=false
            run p --image=example.com/i --env=A=b
            get pods
            get pods -A -o wide --sort-by=.metadata.name
            get pods -o json --field-selector=status.phase=Running -l a=b,c!=d
            get configmap c -o yaml
            get namespaces,nodes
            get pods -w
            get --raw /healthz
            get events --field-selector=type=Warning
            events
            describe pod p
            describe secret s
            describe configmap c
            describe serviceaccount robot
            describe namespace team
            describe node n
            describe role r
            describe clusterrole r
            describe rolebinding b
            describe clusterrolebinding b
            delete pod p --wait=false
            delete configmap c --wait=false --grace-period=5 --cascade=orphan
            delete secrets --all --wait=false
            delete namespace team --wait=false --dry-run=server
            apply -f DIR/new-configmap.yaml
            apply -f DIR/configmap.yaml
            apply -f DIR/pod.yaml
            apply -f DIR/configmap.yaml --server-side
            diff -f DIR/configmap.yaml
            replace -f DIR/configmap.yaml
            label configmap c team=a
            annotate configmap c note=x --overwrite
            patch configmap c -p {"data":{"a":"2"}}
            patch configmap c --type=merge -p {"data":{"a":null}}
            patch configmap c --type=json -p [{"op":"remove","path":"/data/a"}]
            patch pod p --subresource=status --type=merge -p {"status":{"phase":"Failed"}}
            edit configmap c
            cordon n
            taint nodes n a=b:NoSchedule
            set serviceaccount pod p robot
            """;

    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: NAME
              namespace: default
            data:
              a: "2"
            """;

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: NAME
              namespace: default
            spec:
              containers:
              - name: c
                image: example.com/i
                ports:
                - containerPort: 80
                resources:
                  requests:
                    cpu: 100m
                livenessProbe:
                  httpGet:
                    path: /
                    port: 80
            """;

    private static final String ROLES = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: r
            rules:
            - apiGroups: [""]
              resources: [pods]
              verbs: [get]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: new-b
              namespace: team
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: r
            subjects:
            - kind: Group
              name: developers
              apiGroup: rbac.authorization.k8s.io
            """;

    private Commands() {}

    /** The commands; the files they name are written to the directory. */
    static List<List<String>> in(Path directory) throws IOException {
        Files.writeString(directory.resolve("new-configmap.yaml"), CONFIG_MAP.replace("NAME", "new-c"));
        Files.writeString(directory.resolve("configmap.yaml"), CONFIG_MAP.replace("NAME", "c"));
        Files.writeString(directory.resolve("new-pod.yaml"), POD.replace("NAME", "new-p"));
        Files.writeString(directory.resolve("pod.yaml"), POD.replace("NAME", "p"));
        Files.writeString(directory.resolve("roles.yaml"), ROLES);
        var all = new ArrayList<List<String>>();
        COMMANDS.lines()
                .map(line -> line.replace("DIR", directory.toString()))
                .forEach(line -> all.add(List.of(line.split(" "))));
        return all;
    }
}
