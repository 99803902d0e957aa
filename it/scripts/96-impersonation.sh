#!/usr/bin/env bash
# Acting as others with the oldest and newest kubectl here: who becomes whom, who may, what is said to those who may not, and that
# whoever is taken back is nobody's mask any more.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
mapfile -t all < <(for one in $(all_kubectls); do echo "$(kubectl_version "$one") $one"; done | sort -V | cut -d' ' -f2)
oldest=${all[0]}
newest=${all[-1]}

cat >tokens.csv <<T
gate-token-5521,gate,gate-1,gateways
deputy-token-7719,deputy,deputy-1,deputies
jane-token-31d4,jane,jane-1,developers
mallory-token-0666,mallory,mallory-1
T
port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --authorization-mode=Node,RBAC
ca=$d/pki/ca.crt
admin="$newest --kubeconfig $d/admin.kubeconfig"
with() { echo "$1 --server=$url --certificate-authority=$ca --kubeconfig=/dev/null --token=$2"; } # KUBECTL TOKEN
api() { curl -s --cacert "$ca" -H "Authorization: Bearer $1" "${@:3}" "$url$2"; }                  # TOKEN PATH FLAGS...
code() { api "$@" -o /dev/null -w '%{http_code}'; }
id_of() { "$@" 2>&1 | sed -n "s/.*refused (id \([a-z0-9]*\)).*/\1/p" | head -1; }
why() { MUSTER_NO_BUILD=1 "$MUSTER/muster" why --data-dir "$d" "$@"; }

$admin apply -f - >/dev/null <<'Y' || fail "rights"
apiVersion: v1
kind: Namespace
metadata: {name: web}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: gateway}
rules:
- {apiGroups: [""], resources: [users], verbs: [impersonate], resourceNames: [jane, bob]}
- {apiGroups: [""], resources: [groups], verbs: [impersonate], resourceNames: [developers, readers]}
- {apiGroups: [authentication.k8s.io], resources: [uids], verbs: [impersonate], resourceNames: ["42"]}
- {apiGroups: [authentication.k8s.io], resources: [userextras/scopes, userextras/acme.com/project], verbs: [impersonate], resourceNames: [view, secret-project]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: gateway}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gateway}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: gateways}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: accounts, namespace: web}
rules: [{apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate], resourceNames: [robot]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: accounts, namespace: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: accounts}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: gate}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}, {apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deputy}
rules:
- {apiGroups: [authentication.k8s.io], resources: [users], verbs: ["impersonate:user-info"], resourceNames: [jane]}
- {apiGroups: [authentication.k8s.io], resources: [serviceaccounts], verbs: ["impersonate:serviceaccount"]}
- {apiGroups: [authentication.k8s.io], resources: [nodes], verbs: ["impersonate:arbitrary-node"], resourceNames: [one]}
- {apiGroups: [""], resources: [configmaps], verbs: ["impersonate-on:user-info:list", "impersonate-on:serviceaccount:list"]}
- {apiGroups: [authentication.k8s.io], resources: [selfsubjectreviews], verbs: ["impersonate-on:user-info:create", "impersonate-on:serviceaccount:create", "impersonate-on:arbitrary-node:create"]}
- {nonResourceURLs: ["/api*"], verbs: ["impersonate-on:user-info:get", "impersonate-on:serviceaccount:get", "impersonate-on:arbitrary-node:get"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deputy}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deputy}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: deputy}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: agent}
rules:
- {apiGroups: [authentication.k8s.io], resources: [nodes], verbs: ["impersonate:associated-node"]}
- {apiGroups: [""], resources: [nodes], verbs: ["impersonate-on:associated-node:get"]}
- {apiGroups: [authentication.k8s.io], resources: [selfsubjectreviews], verbs: ["impersonate-on:associated-node:create"]}
- {nonResourceURLs: ["/api*"], verbs: ["impersonate-on:associated-node:get"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: agent}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: agent}
subjects: [{kind: ServiceAccount, name: robot, namespace: web}]
---
apiVersion: v1
kind: Node
metadata: {name: one}
---
apiVersion: v1
kind: Node
metadata: {name: two}
---
apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: web}
spec: {nodeName: one, serviceAccountName: robot, containers: [{name: c, image: i}]}
Y

for k in "$oldest" "$newest"; do
  v=$(kubectl_version "$k")
  gate=$(with "$k" gate-token-5521)
  expect "$v: whoami shows user, uid and groups asked for" 'jane.*42.*\[developers system:authenticated\]' \
    bash -c "$gate auth whoami --as jane --as-group developers --as-uid 42 | tr '\n' ' '"
  expect "$v: and nothing of the caller" '\[system:authenticated\]' $gate auth whoami --as jane
  expect "$v: one has the other's rights" 'kube-root-ca.crt' $gate -n web get configmaps --as jane
  refused "$v: and only those" 'User "bob" cannot list resource "configmaps"' $gate -n web get configmaps --as bob
  expect "$v: a group gives its own" 'kube-root-ca.crt' $gate -n web get configmaps --as bob --as-group readers
  expect "$v: can-i answers for the other" '^yes' $gate -n web auth can-i list configmaps --as jane
  refused "$v: can-i says no for the other" '^no' $gate -n web auth can-i list secrets --as jane
  expect "$v: a service account has its groups" '\[system:serviceaccounts system:serviceaccounts:web system:authenticated\]' \
    $gate auth whoami --as system:serviceaccount:web:robot
  refused "$v: another account is not in the role" 'cannot impersonate' $gate get pods --as system:serviceaccount:web:default
  refused "$v: nor is another user" 'cannot impersonate' $gate get pods --as root
  refused "$v: nor another group" 'groups "system:masters" is forbidden: User "gate" cannot impersonate resource "groups" in API group "" at the cluster scope' \
    $gate get pods --as jane --as-group system:masters
  refused "$v: nor another uid" 'uids.authentication.k8s.io "43" is forbidden: User "gate" cannot impersonate resource "uids" in API group "authentication.k8s.io"' \
    $gate get pods --as jane --as-uid 43
  refused "$v: who has no such right is refused" 'User "mallory" cannot impersonate' $(with "$k" mallory-token-0666) get pods --as jane
  refused "$v: kubectl itself wants a user" 'without impersonating a user' $gate get pods --as-group developers
  cat >mask.kubeconfig <<Y
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "$url", certificate-authority: $ca}}]
contexts: [{name: c, context: {cluster: c, user: gate}}]
current-context: c
users:
- name: gate
  user: {token: gate-token-5521, as: jane, as-uid: "42", as-groups: [developers, readers], as-user-extra: {scopes: [view], "acme.com/project": [secret-project]}}
Y
  expect "$v: a kubeconfig says all of it" 'jane.*42.*Extra: acme.com/project +\[secret-project\].*Extra: scopes +\[view\]' \
    bash -c "$k --kubeconfig mask.kubeconfig auth whoami | tr '\n' ' '"
  sed 's/scopes: \[view\]/scopes: [view, edit]/' mask.kubeconfig >greedy.kubeconfig
  refused "$v: each extra value takes a permission" 'userextras.authentication.k8s.io "edit" is forbidden: User "gate" cannot impersonate resource "userextras/scopes" in API group "authentication.k8s.io"' \
    $k --kubeconfig greedy.kubeconfig get pods
  # Constrained impersonation.
  deputy=$(with "$k" deputy-token-7719)
  expect "$v: a deputy does as jane what it may do as jane" 'kube-root-ca.crt' $deputy -n web get configmaps --as jane
  refused "$v: and nothing else" 'User "deputy" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "web"' \
    $deputy -n web get pods --as jane
  refused "$v: as nobody else" 'users.authentication.k8s.io "bob" is forbidden: User "deputy" cannot impersonate:user-info resource "users"' \
    $deputy -n web get configmaps --as bob
  refused "$v: in no group" 'User "deputy" cannot impersonate:user-info resource "groups"' $deputy -n web get configmaps --as jane --as-group x
  expect "$v: as a service account" 'system:serviceaccounts:web' $deputy auth whoami --as system:serviceaccount:web:robot
  expect "$v: as a node, in its group" 'system:nodes system:authenticated' $deputy auth whoami --as system:node:one
  agent=$(with "$k" "$($admin -n web create token robot --bound-object-kind Pod --bound-object-name agent)")
  expect "$v: an agent acts as the node that its pod runs on" 'system:nodes' $agent auth whoami --as system:node:one
  expect "$v: and sees it as the node does" '^one ' $agent get node one --as system:node:one
  refused "$v: not as another" 'cannot impersonate-on:arbitrary-node:get resource "nodes"' $agent get node two --as system:node:two
done

# What no kubectl would send.
review='{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}'
expect "a deputy is no other node" 'nodes.authentication.k8s.io \\"two\\" is forbidden: User \\"deputy\\" cannot impersonate:arbitrary-node' \
  api deputy-token-7719 /apis/authentication.k8s.io/v1/selfsubjectreviews -H 'Impersonate-User: system:node:two' -H 'Content-Type: application/json' -d "$review"
expect "groups without a user" 'requested &user.DefaultInfo\{Name:\\"\\", UID:\\"\\", Groups:\[\]string\{\\"x\\"\}, Extra:map\[string\]\[\]string\(nil\)\} without impersonating a user name' \
  api gate-token-5521 /version -H 'Impersonate-Group: x'
equal "a uid without a user is a bad request" 400 "$(code gate-token-5521 /version -H 'Impersonate-Uid: 42')"
equal "so is an empty user: it is not the caller" 400 "$(code gate-token-5521 /version -H 'Impersonate-User;')"
equal "so are two users" 400 "$(code gate-token-5521 /version -H 'Impersonate-User: jane' -H 'Impersonate-User: bob')"
equal "so is what is nearly a header" 400 "$(code gate-token-5521 /version -H 'Impersonate-User: jane' -H 'Impersonate_Group: x')"
path=/api/v1/namespaces/web/configmaps
for version in --http1.1 --http2; do
  equal "$version: Connection does not take the wish away" 403 \
    "$(code gate-token-5521 $path $version -H 'Connection: Impersonate-User' -H 'Impersonate-User: bob')"
  equal "$version: however it is spelled" 403 "$(code gate-token-5521 $path $version -H 'iMPERSONATE-uSER: bob')"
  equal "$version: who is not known is not asked" 401 "$(code no-token-of-anybody $path $version -H 'Impersonate-User: jane')"
  equal "$version: names are UTF-8" 'users "jörg" is forbidden' \
    "$(api gate-token-5521 $path $version -H 'Impersonate-User: jörg' | grep -o 'users \\"[^ ]* is forbidden' | tr -d '\\')"
done
raw() { printf "GET $path HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer gate-token-5521\r\nConnection: close\r\n$1\r\n" |
  openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null | head -1 | cut -d' ' -f2; }
equal "raw: a user that may not" 403 "$(raw 'Impersonate-User: bob\r\n')"
equal "raw: a space before the colon" 400 "$(raw 'Impersonate-User : bob\r\n')"
case $(raw 'X: y\r\n Impersonate-User: bob\r\n') in
  400 | 403) echo "ok raw: a folded line is refused, or part of the line before" ;;
  *) fail "raw: a folded line" ;;
esac
body='{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}'
trailer=$(printf 'POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer mallory-token-0666\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTrailer: Impersonate-User\r\nConnection: close\r\n\r\n%x\r\n%s\r\n0\r\nImpersonate-User: jane\r\n\r\n' ${#body} "$body" |
  openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null)
expect "raw: a trailer impersonates nobody" '"username":"mallory"|HTTP/1.1 400' echo "$trailer"

# Stories.
gate=$(with "$newest" gate-token-5521)
id=$(id_of $gate -n web get pods --as root --as-group developers)
story=$(why "$id" 2>&1)
expect "a story says who called" '^User: +gate$' echo "$story"
expect "as whom" '^As: +root, which was refused$' echo "$story"
expect "in which groups" '^As groups: developers$' echo "$story"
expect "and which permission lacks" '^  lacks +impersonate users "root"$' echo "$story"
id=$(id_of $gate -n web get secrets --as jane)
story=$(why "$id" 2>&1)
expect "a refused request is the other's" '^User: +jane$' echo "$story"
expect "and names who really called" '^Called by: gate, who acts as this user$' echo "$story"
expect "refusals show it to kubectl" 'username: gate' $admin get refusal "$id" -o yaml
expect "attempts are counted" 'attempts_total\{mode="legacy",decision="allowed"\} [1-9]' $admin get --raw /metrics

# Taken back: the caller's rights, then the other, then the caller.
watching() { # FILE FLAGS...   a watch in the background; returns when it has begun
  local file=$1 i
  shift
  $gate -n web get configmaps -w --output-watch-events "$@" >"$file" 2>&1 &
  watcher=$!
  for i in $(seq 100); do grep -q kube-root "$file" && return 0; sleep 0.1; done
  fail "the watch did not begin" "$(cat "$file")"
}
# A watch that is cut is begun again by nobody: kubectl ends, or says that it is refused.
ends() { local i; for i in $(seq 30); do kill -0 "$watcher" 2>/dev/null || { echo "ok $1"; return; }; sleep 0.1; done; fail "$1"; kill -9 "$watcher"; }
watching w1 --as jane
expect "jane's credentials are taken back" 'revoked|taken back|jane' "$MUSTER/muster" revoke --data-dir "$d" --user jane
ends "the watch as jane ends"
refused "nobody acts as jane any more" 'the credentials of this user have been taken back' $gate -n web get configmaps --as jane
expect "but as others" 'bob' $gate auth whoami --as bob
refused "jane herself is refused" 'must be logged in' $(with "$newest" jane-token-31d4) get pods
watching w2 --as bob --as-group readers
expect "the gateway's credentials are taken back" 'gate' "$MUSTER/muster" revoke --data-dir "$d" --user gate
ends "its watch as bob ends"
refused "it acts as nobody" 'must be logged in' $gate get configmaps --as bob
$admin delete clusterrolebinding deputy >/dev/null
refused "a right that was taken back is gone at once" 'cannot impersonate-on' $(with "$newest" deputy-token-7719) -n web get configmaps --as jane

# Rights to act as others are granted by nobody who has them not.
$admin create clusterrole role-writer --verb=create --resource=clusterroles.rbac.authorization.k8s.io >/dev/null
$admin create clusterrolebinding role-writer --clusterrole=role-writer --user=mallory >/dev/null
for verb in impersonate impersonate:user-info impersonate-on:user-info:list; do
  refused "$verb is not granted by who lacks it" 'attempting to grant RBAC permissions not currently held' \
    $(with "$newest" mallory-token-0666) create -f - <<<"{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: mine}, rules: [{apiGroups: ['', authentication.k8s.io], resources: [users, groups, configmaps], verbs: ['$verb']}]}"
done

# Nobody gets at a revocation aimed at themselves by acting as another.
$admin create clusterrolebinding mallory --clusterrole=cluster-admin --user=mallory >/dev/null
$admin apply -f - >/dev/null <<'Y'
apiVersion: identity.muster.dev/v1alpha1
kind: Revocation
metadata: {name: old-laptop}
spec: {token: {id: not-this-one}, subject: mallory}
Y
refused "not by acting as another" 'takes back a credential of mallory' $(with "$newest" mallory-token-0666) delete revocation old-laptop --as bob --as-group kubeadm:cluster-admins
equal "no token is in the log" "" "$(grep -E 'token-(5521|7719|31d4|0666)' "$d.log")"
kill "$server"
wait "$server" 2>/dev/null

# Without the gate it is as it was for years.
port=$(free_port)
url=https://127.0.0.1:$port
MUSTER_NO_BUILD=1 start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --feature-gates=ConstrainedImpersonation=false
expect "the words are the older ones" 'users \\"jane\\" is forbidden: User \\"deputy\\" cannot impersonate resource \\"users\\" in API group \\"\\" at the cluster scope' \
  api deputy-token-7719 /api -H 'Impersonate-User: jane'
expect "the older refusal of a wish without a user" 'requested \[\{Group  x    \}\] without impersonating a user' \
  api deputy-token-7719 /version -H 'Impersonate-Group: x'
refused "an unknown gate is refused" 'feature-gates: unrecognized feature gate: Nonsense' \
  env MUSTER_NO_BUILD=1 "$MUSTER/muster" apiserver --data-dir "$TMPDIR/other" --feature-gates=Nonsense=true
done_testing
