#!/usr/bin/env bash
# What a node may and may not: one that joined with a bootstrap token tries everything, with kubectl.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)
m=$MUSTER/muster
export MUSTER_NO_BUILD=1

port=$(free_port)
d=$TMPDIR/data
start_server up "$d" "$port"
url=https://127.0.0.1:$port
admin="$k --kubeconfig $d/admin.kubeconfig"
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >ca.crt
to() { "$k" --kubeconfig=/dev/null --server="$url" --certificate-authority=ca.crt "$@"; }
ask() { # NAME NODE SIGNER USAGE CREDENTIAL...
  local name=$1 node=$2 signer=$3 usage=$4
  shift 4
  openssl ecparam -name prime256v1 -genkey -noout -out "$name.key" 2>/dev/null
  openssl req -new -key "$name.key" -subj "/O=system:nodes/CN=system:node:$node" -addext "subjectAltName=${SAN:-email:copy}" \
    -out "$name.csr" 2>/dev/null || openssl req -new -key "$name.key" -subj "/O=system:nodes/CN=system:node:$node" -out "$name.csr"
  to "$@" create -f - <<Y
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: $name}
spec:
  request: $(base64 -w0 <"$name.csr")
  signerName: kubernetes.io/$signer
  usages: [digital signature, $usage]
Y
}
join() { # NODE
  local i
  ask "$1" "$1" kube-apiserver-client-kubelet 'client auth' --token="$token" >/dev/null
  for i in $(seq 50); do
    $admin get csr "$1" -o jsonpath='{.status.certificate}' | base64 -d >"$1.crt"
    [ -s "$1.crt" ] && return 0
    sleep 0.1
  done
  fail "$1 got no certificate"
}
n1() { to --client-certificate=n1.crt --client-key=n1.key "$@"; }
n2() { to --client-certificate=n2.crt --client-key=n2.key "$@"; }
# kubectl reads what it patches, and nodes may not read /status: kubelets send the patch alone.
patch() { # PATH JSON   as n1
  curl -sk --fail-with-body --cert n1.crt --key n1.key -X PATCH -H 'Content-Type: application/strategic-merge-patch+json' -d "$2" "$url$1"
}
token=$("$m" bootstrap-token create --data-dir "$d" --print)
join n1
join n2
expect "it joined" 'Groups +\[system:nodes system:authenticated\]' n1 auth whoami

# Its own Node.
node() { # NAME [MORE]
  printf 'apiVersion: v1\nkind: Node\nmetadata: {name: %s%s}\n' "$1" "${2:-}"
}
refused "before it is there it is not found, not forbidden" 'nodes "n1" not found' n1 get node n1
refused "another's name is not its to take" 'node "n1" is not allowed to modify node "n2"' n1 create -f <(node n2)
refused "nor a label that others rely on" 'not allowed to set the following labels: node-restriction.kubernetes.io/safe' \
  n1 create -f <(node n1 ', labels: {node-restriction.kubernetes.io/safe: "yes"}')
expect "it registers" 'node/n1 created' n1 create -f <(node n1 ', labels: {kubernetes.io/hostname: n1, rack: "7"}')
expect "so does the other" 'node/n2 created' n2 create -f <(node n2)
expect "it reads itself" n1 n1 get node n1
refused "and no other" "node 'n1' cannot read 'n2', only its own Node object" n1 get node n2
refused "nor all" "node 'n1' cannot read all nodes" n1 get nodes
expect "but its own by selector" n1 n1 get nodes --field-selector metadata.name=n1
expect "it sets its labels" labeled n1 label node n1 topology.kubernetes.io/zone=a
refused "but not its role" 'is not allowed to modify labels: node-role.kubernetes.io/control-plane' \
  n1 label node n1 node-role.kubernetes.io/control-plane=
refused "nor taints" 'not allowed to modify taints' n1 taint node n1 a=b:NoSchedule
$admin taint node n1 quarantine=yes:NoExecute >/dev/null
refused "least of all those that others put there" 'not allowed to modify taints' n1 taint node n1 quarantine-
refused "nor the spec of a node that is not it" 'not allowed to modify node ..n2' \
  patch /api/v1/nodes/n2/status '{"status":{"phase":"x"}}'
expect "it reports its status" v1.33.0 patch /api/v1/nodes/n1/status '{"status":{"nodeInfo":{"kubeletVersion":"v1.33.0"}}}'
owner='{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"gone","uid":"u"}]}}'
refused "CVE-2025-5187: no owner that would take it along" 'not allowed to modify ownerReferences' n1 patch node n1 -p "$owner"
refused "CVE-2025-5187: by its status neither" 'not allowed to modify ownerReferences' \
  patch /api/v1/nodes/n1/status "$owner"
refused "it cannot delete itself" 'forbidden' n1 delete node n1

# What its pods need.
$admin create namespace a >/dev/null
for s in s1 s2 s3 pull; do $admin -n a create secret generic $s --from-literal=x=$s >/dev/null; done
for c in c1 c2; do $admin -n a create configmap $c --from-literal=x=$c >/dev/null; done
$admin create secret generic s1 --from-literal=x=elsewhere >/dev/null
pod() { # NAME NODE SECRET CONFIGMAP
  $admin create -f - >/dev/null <<Y
apiVersion: v1
kind: Pod
metadata: {name: $1, namespace: a}
spec:
  nodeName: $2
  imagePullSecrets: [{name: pull}]
  containers:
  - {name: c, image: i, envFrom: [{secretRef: {name: $3}}]}
  volumes:
  - {name: v, configMap: {name: $4}}
Y
}
pod p1 n1 s1 c1
pod p2 n2 s2 c2
expect "a secret of its pod it reads" 's1' n1 -n a get secret s1
expect "one to pull images with" 'pull' n1 -n a get secret pull
expect "a config map of its pod" 'c1' n1 -n a get configmap c1
expect "by name in a list" 's1' n1 -n a get secrets --field-selector metadata.name=s1
none="no relationship found between node 'n1' and this object"
refused "not another node's" "$none" n1 -n a get secret s2
refused "not one that no pod names" "$none" n1 -n a get secret s3
refused "not the same name elsewhere" "$none" n1 get secret s1
refused "not another's by name in a list" "$none" n1 -n a get secrets --field-selector metadata.name=s2
refused "not all" 'No Object name found' n1 -n a get secrets
refused "not everywhere" 'can only read namespaced object of this type' n1 get secrets -A
refused "not another node's config map" "$none" n1 -n a get configmap c2
refused "it changes none" 'can only read resources of this type' n1 -n a patch secret s1 -p '{"stringData":{"x":"y"}}'
refused "and makes none" 'can only read resources of this type' n1 -n a create secret generic mine
expect "its pods, by their node" '^a +p1' n1 get pods -A --field-selector spec.nodeName=n1
equal "and no others" 1 "$(n1 get pods -A --no-headers --field-selector spec.nodeName=n1 | wc -l)"
refused "not the other node's" 'can only list/watch pods with spec.nodeName' n1 get pods -A --field-selector spec.nodeName=n2
refused "not all" 'can only list/watch pods with spec.nodeName' n1 get pods -A
expect "one that runs there" p1 n1 -n a get pod p1
refused "none that does not" "$none" n1 -n a get pod p2
refused "roles it may not" 'forbidden' n1 get clusterroles
why=$(n1 -n a get secret s2 2>&1 | sed -n "s/.*muster why \([a-z0-9]*\).*/\1/p")
expect "an operator learns the same" "$none" "$m" why "$why" --data-dir "$d"
expect "can-i admits that it does not know all" 'incomplete' n1 auth can-i --list

# What it does to pods.
uid=$($admin get node n1 -o jsonpath='{.metadata.uid}')
mirror() { # NAME OWNER-UID [SPEC]
  printf 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: %s\n  namespace: a\n  annotations: {kubernetes.io/config.mirror: h}\n' "$1"
  printf '  ownerReferences: [{apiVersion: v1, kind: Node, name: n1, uid: %s, controller: true}]\n' "$2"
  printf 'spec:\n  nodeName: n1\n  containers: [{name: c, image: i}]\n%s\n' "${3:-}"
}
expect "it mirrors a pod of its own" created n1 create -f <(mirror m1 "$uid")
refused "not in another's name" 'UID mismatch' n1 create -f <(mirror m2 00000000-0000-0000-0000-000000000000)
refused "nor with a way to secrets" 'can not create pods that reference secrets' \
  n1 create -f <(mirror m2 "$uid" '  volumes: [{name: v, secret: {secretName: s2}}]')
refused "nor as an account" 'mirror pod may not reference service accounts|can not create pods that reference serviceaccounts' \
  n1 create -f <(mirror m2 "$uid" '  serviceAccountName: default')
refused "CVE-2025-4563: nor with a way to resource claims" 'can not create pods that reference resourceclaims' \
  n1 create --validate=ignore -f <(mirror m2 "$uid" '  resourceClaims: [{name: gpu, resourceClaimName: theirs}]')
refused "nor a pod that is none" 'can only create mirror pods' n1 -n a run own --image=i
expect "it reports on its pods" Running patch /api/v1/namespaces/a/pods/p1/status '{"status":{"phase":"Running"}}'
refused "not on others" 'can only update pod status for pods with spec.nodeName set to itself' \
  patch /api/v1/namespaces/a/pods/p2/status '{"status":{"phase":"Failed"}}'
refused "CVE-2025-4563: not on resource claims" 'cannot update resource claim statues' \
  patch /api/v1/namespaces/a/pods/p1/status '{"status":{"resourceClaimStatuses":[{"name":"gpu","resourceClaimName":"theirs"}]}}'
refused "it changes no pod otherwise" forbidden n1 -n a label pod p1 a=b
refused "it deletes no other's" 'can only delete pods with spec.nodeName set to itself' n1 -n a delete pod p2 --wait=false

# Tokens for its pods.
p1=$($admin -n a get pod p1 -o jsonpath='{.metadata.uid}')
p2=$($admin -n a get pod p2 -o jsonpath='{.metadata.uid}')
account() { n1 -n a create token default "$@"; }
bound() { # POD UID ARGS...
  local pod=$1 uid=$2
  shift 2
  account --bound-object-kind Pod --bound-object-name "$pod" --bound-object-uid "$uid" "$@"
}
expect "a token for its pod" '^ey' bound p1 "$p1"
equal "which is that pod's" p1 "$(bound p1 "$p1" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null | jq -r '.["kubernetes.io"].pod.name')"
refused "none without a pod" 'node requested token not bound to a pod' account
refused "none for another node's pod" 'bound to a pod scheduled on a different node' bound p2 "$p2"
refused "none for a pod that was" 'does not match the UID in record' bound p1 "$p2"
refused "none for a pod that is not" 'pods "p9" not found' bound p9 "$p1"
refused "none of another's account" "$none" n1 -n kube-system create token default
refused "none for whom the pod does not name" 'audience "vault" not found in pod spec volume' bound p1 "$p1" --audience vault
$admin create -f - >/dev/null <<'Y'
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: vault-tokens}
rules: [{apiGroups: [""], resources: [vault], verbs: [request-serviceaccounts-token-audience]}]
Y
$admin create clusterrolebinding vault-tokens --clusterrole=vault-tokens --group=system:nodes >/dev/null
expect "unless that is granted" '^ey' bound p1 "$p1" --audience vault

# Certificates of its own.
with=(--client-certificate=n1.crt --client-key=n1.key)
expect "it asks for its next certificate" created ask next n1 kube-apiserver-client-kubelet 'client auth' "${with[@]}"
SAN=DNS:n1 expect "and one to serve with" created ask serving n1 kubelet-serving 'server auth' "${with[@]}"
refused "not for another's" 'can only create a node CSR with CN=system:node:n1' \
  ask other n2 kube-apiserver-client-kubelet 'client auth' "${with[@]}"
SAN=DNS:n2 refused "to serve with neither" 'can only create a node CSR with CN=system:node:n1' \
  ask otherserving n2 kubelet-serving 'server auth' "${with[@]}"
refused "it approves none" forbidden n1 certificate approve serving

# With the pod goes the way, and after another start it is as before.
watch() { curl -sk --cert n1.crt --key n1.key -m 1 -o /dev/null -w '%{http_code}' \
  "$url/api/v1/namespaces/a/secrets?watch=true&fieldSelector=metadata.name%3Ds1"; }
equal "it may watch a secret" 200 "$(watch)"
kill -TERM "$server"
wait "$server" 2>/dev/null
start_server up "$d" "$port"
equal "after another start too" 200 "$(watch)"
refused "and nothing more" "$none" n1 -n a get secret s2
expect "it lets its pod go" deleted n1 -n a delete pod p1 --grace-period=0 --force
equal "and may watch no more" 403 "$(watch)"
refused "nor read" "$none" n1 -n a get secret s1
refused "nor have tokens" "$none" bound p1 "$p1"

# Without the mode a node is nobody in particular; without the plugin it is everybody.
kill -TERM "$server"
wait "$server" 2>/dev/null
start_server apiserver "$d" "$port"
refused "RBAC alone knows no nodes" 'forbidden' n1 get node n1
kill -TERM "$server"
wait "$server" 2>/dev/null
start_server apiserver "$d" "$port" --authorization-mode=Node,RBAC --disable-admission-plugins=NodeRestriction
expect "the plugin is what holds it to itself" '"rack": *"8"' patch /api/v1/nodes/n2 '{"metadata":{"labels":{"rack":"8"}}}'
done_testing
