#!/usr/bin/env bash
# A user's own CA (made with openssl) and token file: each is who the certificate or file says, gets what RBAC gives, and is
# refused in Kubernetes' words. The seeds' policies, in today's form and in their original one.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)

quiet() { "$@" >/dev/null 2>&1; }
ca() { # NAME
  quiet openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  quiet openssl req -x509 -new -key "$1.key" -subj "/CN=$1" -days 30 -out "$1.crt"
}
client() { # NAME CA SUBJECT [EXTENSIONS]
  local name=$1 ca=$2 subject=$3 ext=${4:-extendedKeyUsage=clientAuth}
  quiet openssl ecparam -name prime256v1 -genkey -noout -out "$name.key"
  quiet openssl req -new -key "$name.key" -subj "$subject" -out "$name.csr"
  quiet openssl x509 -req -in "$name.csr" -CA "$ca.crt" -CAkey "$ca.key" -CAcreateserial -out "$name.crt" \
    -extfile <(printf '%s\n' "$ext") -days 30
}

ca my-ca
ca other-ca
client john my-ca '/CN=john/O=admins/O=users'
client stranger other-ca '/CN=john/O=system:masters'
client server my-ca '/CN=john/O=admins' 'extendedKeyUsage=serverAuth'
client nameless my-ca '/O=admins'
client master my-ca '/CN=boss/O=system:masters'
cat >tokens.csv <<T
jane-token-31d4,jane,uid-1,"developers,users"
bob-token-77aa,bob,uid-2
T

port=$(free_port)
d=$TMPDIR/data
start_server apiserver "$d" "$port" --client-ca-file my-ca.crt --token-auth-file=tokens.csv --authorization-rbac-super-user kube-admin
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >server-ca.crt
url=https://127.0.0.1:$port
base="$k --server=$url --certificate-authority=server-ca.crt --kubeconfig=/dev/null"
with() { echo "$base --client-certificate=$1.crt --client-key=$1.key"; }
admin="$k --kubeconfig $d/admin.kubeconfig"

expect "a certificate of one's own CA is who it says" 'Username +john' $(with john) auth whoami
expect "its organizations are the groups" 'Groups +\[admins users system:authenticated\]' $(with john) auth whoami
expect "the credential has an id" 'X509SHA256=[0-9a-f]{64}' $(with john) auth whoami
expect "admin.kubeconfig works beside it" 'kubernetes-admin|admin' $admin auth whoami
expect "a token of the file is who the file says" 'Username +jane' $base --token=jane-token-31d4 auth whoami
expect "with its uid" 'uid-1' $base --token=jane-token-31d4 auth whoami
refused "a certificate of another CA" 'must be logged in|Unauthorized' $(with stranger) get namespaces
refused "a certificate for servers" 'must be logged in|Unauthorized' $(with server) get namespaces
refused "a certificate without a name is nobody in particular" 'system:anonymous' $(with nameless) get --raw /api/v1/namespaces
expect "system:masters may do everything" 'kube-system' $(with master) get namespaces
expect "a good token helps a bad certificate" 'jane' $(with stranger) --token=jane-token-31d4 auth whoami
expect "a good certificate helps a bad token" 'john' $(with john) --token=nonsense auth whoami
equal "a bad token is 401, without WWW-Authenticate" '401 0' \
  "$(curl -sk -D h -o body -w '%{http_code}' -H 'Authorization: Bearer bad' $url/version) $(grep -ci www-authenticate h)"
equal "the 401 is a Status" '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}' "$(tr -d '\n' <body | sed 's/  *//g; s/Unauthorized",/Unauthorized",/')"
equal "basic authentication is nothing presented" 200 "$(curl -sk -o /dev/null -w '%{http_code}' -u x:y $url/version)"

expect "the super user is bound to cluster-admin" 'kube-admin' $admin get clusterrolebindings -o wide

# The seeds' policies, as they are written today.
cat >today.yaml <<Y
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: discovery}
rules:
- nonResourceURLs: ["/version", "/api", "/api/*", "/apis", "/apis/*"]
  verbs: ["get"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: discovery-binding}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: users}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: discovery}
---
apiVersion: v1
kind: Namespace
metadata: {name: new-namespace}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: admin-role, namespace: new-namespace}
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: admin-binding, namespace: new-namespace}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: admins}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: admin-role}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: viewer-role, namespace: new-namespace}
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs: ["get", "watch", "list"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: viewer-binding, namespace: new-namespace}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: developers}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: viewer-role}
Y
expect "the seeds' policies apply in today's form" 'viewer-binding created' $admin apply -f today.yaml
expect "and again" 'viewer-binding unchanged' $admin apply -f today.yaml
expect "the admins' role lets john work" 'created' $(with john) -n new-namespace create configmap c --from-literal=k=v
expect "the viewers' role lets jane look" 'configmap/c' $base --token=jane-token-31d4 -n new-namespace get configmap -o name
refused "and not work" 'configmaps is forbidden: User "jane" cannot create resource "configmaps" in API group "" in the namespace "new-namespace"' \
  $base --token=jane-token-31d4 -n new-namespace create configmap d --from-literal=k=v
refused "a namespaced role gives nothing elsewhere" 'forbidden' $(with john) -n default get configmaps
refused "who holds no role may do nothing" 'User "bob" cannot list resource "configmaps"' $base --token=bob-token-77aa -n new-namespace get configmaps

# The seeds' original: a namespaced Role with nonResourceURLs, and alpha versions.
cat >original.yaml <<Y
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: seed-role, namespace: new-namespace}
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs: ["*"]
  nonResourceURLs: ["*"]
Y
refused "a namespaced role with paths is refused, and the mend named" 'nonResourceURLs.*ClusterRole' $admin create -f original.yaml
sed -i s,k8s.io/v1,k8s.io/v1alpha1, original.yaml
refused "an alpha shape is refused" 'v1alpha1|no matches for kind' $admin create --validate=false -f original.yaml
expect "and posted all the same, the mend is named" 'rbac.authorization.k8s.io/v1[^a]' bash -c \
  "curl -sk --cert master.crt --key master.key -H 'Content-Type: application/yaml' --data-binary @original.yaml $url/apis/rbac.authorization.k8s.io/v1alpha1/namespaces/new-namespace/roles"

# Escalation: nobody gives what he lacks.
$admin -n new-namespace create role role-maker --verb=create --resource=roles,rolebindings >/dev/null
$admin -n new-namespace create rolebinding role-maker --role=role-maker --user=bob >/dev/null
bob="$base --token=bob-token-77aa -n new-namespace"
refused "a role with more than one's own rules" 'attempting to grant RBAC permissions not currently held' \
  $bob create role x --verb=get --resource=secrets
expect "a role with no more than them" 'created' $bob create role y --verb=create --resource=roles
refused "a binding to a role with more" 'attempting to grant RBAC permissions not currently held' \
  $bob create rolebinding z --role=admin-role --user=bob
# Hot reload of the CA bundle: the old connection's owner is refused, the new CA's accepted.
client late other-ca '/CN=late/O=users'
cat other-ca.crt >my-ca.crt.new
cp my-ca.crt my-ca.crt.old
cp my-ca.crt.new my-ca.crt
for i in $(seq 50); do
  $(with late) auth whoami >/dev/null 2>&1 && break
  sleep 0.2
done
expect "a CA added to the bundle is trusted without a restart" 'late' $(with late) auth whoami
refused "a CA taken out is not" 'must be logged in|Unauthorized' $(with john) auth whoami
echo garbage >my-ca.crt
sleep 2.5
expect "garbage in the bundle changes nothing" 'late' $(with late) auth whoami
expect "admin.kubeconfig still works" 'system:authenticated' $admin auth whoami
done_testing
