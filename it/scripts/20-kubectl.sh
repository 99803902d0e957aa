#!/usr/bin/env bash
# Every kubectl on this machine against a fresh server: who am I, what may I, and all the verbs.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/data
port=$(free_port)
start_server up "$d" "$port"
admin=$d/admin.kubeconfig jane=$d/people/jane.kubeconfig john=$d/people/john.kubeconfig nobody=$d/people/nobody.kubeconfig

one_version() {
  local k=$1 v=$2 minor ns
  minor=$(cut -d. -f2 <<<"$v")
  ns="ns-${v//[^0-9]/-}"
  ns=${ns%-}
  local as_admin="$k --kubeconfig $admin" as_jane="$k --kubeconfig $jane" as_john="$k --kubeconfig $john" as_nobody="$k --kubeconfig $nobody"

  refused "$v jane may not list nodes" 'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope' $as_jane get nodes
  expect "$v john lists nodes" 'node-1' $as_john get nodes
  expect "$v admin lists nodes" 'node-1' $as_admin get nodes -o wide
  refused "$v nobody may not list nodes" 'User "system:anonymous" cannot list resource "nodes"' $as_nobody get nodes
  refused "$v a wrong token is nobody's" 'You must be logged in to the server|Unauthorized' $as_jane --token=wrong get nodes
  if [ "$minor" -ge 27 ]; then
    expect "$v whoami of a token" 'Username +jane' $as_jane auth whoami
    expect "$v whoami of a certificate" 'Groups +\[admins users system:authenticated\]' $as_john auth whoami
    refused "$v whoami of nobody" 'do not have permission' $as_nobody auth whoami
  fi
  expect "$v can-i yes" '^yes' $as_jane auth can-i create configmaps -n development
  refused "$v can-i no" '^no' $as_jane auth can-i create configmaps -n new-namespace
  refused "$v can-i on a path" '^no' $as_jane auth can-i get /metrics
  expect "$v can-i --list" 'selfsubjectaccessreviews.authorization.k8s.io' $as_jane auth can-i --list -n development
  expect "$v can-i --list shows the role" '\*\.\*' $as_jane auth can-i --list -n development

  expect "$v create namespace" "namespace/$ns created" $as_admin create namespace $ns
  expect "$v create configmap" 'configmap/a created' $as_admin -n $ns create configmap a --from-literal=k=v
  refused "$v create twice" 'already exists' $as_admin -n $ns create configmap a --from-literal=k=v
  expect "$v create secret" 'secret/s created' $as_admin -n $ns create secret generic s --from-literal=p=hidden
  expect "$v create serviceaccount" 'serviceaccount/robot created' $as_admin -n $ns create serviceaccount robot
  expect "$v create role" 'role.rbac.authorization.k8s.io/reader created' $as_admin -n $ns create role reader --verb=get,list,watch --resource=configmaps
  expect "$v create rolebinding" 'rolebinding.rbac.authorization.k8s.io/reader created' $as_admin -n $ns create rolebinding reader --role=reader --user=jane
  expect "$v the role works at once" 'k: v' $as_jane -n $ns get configmap a -o yaml
  refused "$v and gives no more" 'secrets is forbidden' $as_jane -n $ns get secrets
  refused "$v a role cannot be made by who lacks its rules" 'attempting to grant RBAC permissions not currently held|cannot create resource' \
    $as_jane create clusterrole all --verb=* --resource=*
  expect "$v create clusterrole" 'clusterrole.rbac.authorization.k8s.io/cr-' $as_admin create clusterrole cr-$ns --verb=get --non-resource-url=/metrics
  expect "$v create clusterrolebinding" 'created' $as_admin create clusterrolebinding crb-$ns --clusterrole=cr-$ns --group=developers
  expect "$v can-i on a path, now" '^yes' $as_jane auth can-i get /metrics

  cat >"$TMPDIR/$ns.yaml" <<Y
apiVersion: v1
kind: ConfigMap
metadata: {name: applied, labels: {app: web}}
data: {one: "1", two: "2"}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: main, image: "nginx:1.27", ports: [{containerPort: 80}]}
  - {name: side, image: "busybox"}
Y
  expect "$v apply creates" 'configmap/applied created' $as_admin -n $ns apply -f "$TMPDIR/$ns.yaml"
  expect "$v apply again changes nothing" 'configmap/applied unchanged' $as_admin -n $ns apply -f "$TMPDIR/$ns.yaml"
  expect "$v apply again leaves the pod" 'pod/web unchanged' $as_admin -n $ns apply -f "$TMPDIR/$ns.yaml"
  sed -i 's/two: "2"/two: "zwei"/; s/nginx:1.27/nginx:1.28/' "$TMPDIR/$ns.yaml"
  expect "$v apply configures" 'configmap/applied configured' $as_admin -n $ns apply -f "$TMPDIR/$ns.yaml"
  expect "$v apply merged the pod's containers by name" 'nginx:1.28 busybox' $as_admin -n $ns get pod web -o 'jsonpath={.spec.containers[*].image}'
  if [ "$minor" -ge 29 ]; then
    sed 's/^data:/dada:/' "$TMPDIR/$ns.yaml" >"$TMPDIR/$ns-typo.yaml"
    refused "$v apply refuses an unknown field" 'unknown field "dada"' $as_admin -n $ns apply -f "$TMPDIR/$ns-typo.yaml"
    expect "$v explain" 'FIELDS' $as_admin explain configmap
    expect "$v diff of nothing" '' $as_admin -n $ns diff -f "$TMPDIR/$ns.yaml" || true
  fi
  expect "$v edit" 'configmap/applied edited' env EDITOR="sed -i s/zwei/deux/" $as_admin -n $ns edit configmap applied
  equal "$v what was edited is there" deux "$($as_admin -n $ns get configmap applied -o 'jsonpath={.data.two}')"
  expect "$v strategic patch" 'patched' $as_admin -n $ns patch pod web -p '{"spec":{"containers":[{"name":"side","image":"busybox:2"}]}}'
  expect "$v merge patch" 'patched' $as_admin -n $ns patch configmap applied --type=merge -p '{"data":{"one":null}}'
  expect "$v json patch" 'patched' $as_admin -n $ns patch configmap applied --type=json -p '[{"op":"add","path":"/data/three","value":"3"}]'
  equal "$v patches add up" '{"three":"3","two":"deux"}' "$($as_admin -n $ns get configmap applied -o 'jsonpath={.data}')"
  expect "$v label" 'labeled' $as_admin -n $ns label configmap applied tier=front
  expect "$v label selector" 'applied' $as_admin -n $ns get configmaps -l 'tier in (front),app=web' -o name
  equal "$v field selector" 'configmap/a' "$($as_admin -n $ns get configmaps --field-selector metadata.name=a -o name)"
  expect "$v annotate" 'annotated?' $as_admin -n $ns annotate configmap applied note=x
  expect "$v get wide" 'READINESS|NOMINATED' $as_admin -n $ns get pods -o wide
  expect "$v get json" '"kind": "Pod"' $as_admin -n $ns get pod web -o json
  expect "$v get a list as yaml" 'kind: List' $as_admin -n $ns get configmaps -o yaml
  expect "$v get several kinds" 'serviceaccount/robot' $as_admin -n $ns get configmaps,serviceaccounts
  expect "$v get with short names" 'applied' $as_admin -n $ns get cm
  expect "$v describe a pod" 'Image: +nginx:1.28' $as_admin -n $ns describe pod web
  expect "$v describe a role" 'configmaps' $as_admin -n $ns describe role reader
  expect "$v describe a secret hides it" 'p: +6 bytes' $as_admin -n $ns describe secret s
  expect "$v describe a node" 'Name: +node-1' $as_admin describe node node-1
  expect "$v describe a namespace" 'Status: +Active' $as_admin describe namespace $ns
  expect "$v api-resources" 'rolebindings' $as_admin api-resources
  expect "$v api-versions" 'rbac.authorization.k8s.io/v1' $as_admin api-versions
  expect "$v version" 'Server Version' $as_admin version
  expect "$v get --raw" 'ok' $as_admin get --raw '/readyz'
  expect "$v dry run on the server" 'created \(server dry run\)' $as_admin -n $ns create configmap dry --from-literal=k=v --dry-run=server
  refused "$v and nothing was kept of it" 'NotFound' $as_admin -n $ns get configmap dry
  expect "$v replace" 'replaced' bash -c "$as_admin -n $ns get configmap a -o json | $as_admin -n $ns replace -f -"
  refused "$v an invalid object" 'Invalid value|is invalid' $as_admin -n $ns create configmap 'Not_A_Name' --from-literal=k=v
  expect "$v auth reconcile" 'reconciled' bash -c "$as_admin -n $ns get role reader -o yaml | $as_admin auth reconcile -f -"

  # A watch sees what happens after it began, and a deletion.
  timeout 20 $as_admin -n $ns get configmaps -w -o name >"$TMPDIR/$ns.watch" 2>&1 &
  local watch=$!
  sleep 1
  $as_admin -n $ns create configmap watched --from-literal=k=v >/dev/null
  $as_admin -n $ns delete configmap watched >/dev/null
  local i
  for i in $(seq 50); do
    [ "$(grep -c watched "$TMPDIR/$ns.watch")" -ge 2 ] && break
    sleep 0.1
  done
  kill $watch 2>/dev/null
  wait $watch 2>/dev/null
  equal "$v a watch sees creation and deletion" 2 "$(grep -c watched "$TMPDIR/$ns.watch")"

  expect "$v delete" 'deleted' $as_admin -n $ns delete configmap a
  refused "$v it is gone" 'configmaps "a" not found' $as_admin -n $ns get configmap a
  expect "$v delete by label" 'pod "web" deleted' $as_admin -n $ns delete pod -l app=web
  expect "$v delete all of a kind" 'deleted' $as_admin -n $ns delete configmaps --all
  expect "$v delete namespace waits until it is empty" "namespace \"$ns\" deleted" timeout 30 $as_admin delete namespace $ns
  refused "$v what was in it is gone" 'NotFound' $as_admin -n $ns get secret s
  expect "$v delete cluster-scoped" 'deleted' $as_admin delete clusterrole,clusterrolebinding cr-$ns crb-$ns --ignore-not-found
  refused "$v the namespaces of the system stay" 'forbidden|is forbidden' $as_admin delete namespace kube-system
}

ran=0
for k in $(all_kubectls); do
  v=$(kubectl_version "$k")
  if [ -z "$v" ]; then
    echo "not run: $k (does not tell its version)"
    continue
  fi
  if [ -n "${MUSTER_IT_KUBECTL:-}" ] && [[ $v != v$MUSTER_IT_KUBECTL.* ]]; then
    echo "not run: kubectl $v (only $MUSTER_IT_KUBECTL was asked for)"
    continue
  fi
  export HOME=$TMPDIR/home-$ran
  mkdir -p "$HOME"
  before=$failures
  one_version "$k" "$v" >"$TMPDIR/$v.log" 2>&1
  cat "$TMPDIR/$v.log" | grep -v '^ok' || true
  echo "ran: kubectl $v ($(grep -c '^ok' "$TMPDIR/$v.log") checks, $((failures - before)) failed)"
  ran=$((ran + 1))
done
[ $ran -ge 1 ] || fail "no kubectl on this machine"
done_testing
