#!/usr/bin/env bash
# A person gets a certificate, as the seeds tell it: key and request by openssl, approval, certificate, whoami. And what is refused.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/d
port=$(free_port)
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port"
admin=$d/admin.kubeconfig

# request NAME SUBJECT SIGNER USAGES [MORE-SPEC]   makes $TMPDIR/NAME.key and prints the object
request() {
  local name=$1 subject=$2 signer=$3 usages=$4 more=${5:-}
  [ -e "$TMPDIR/$name.key" ] || openssl genrsa -out "$TMPDIR/$name.key" 2048 2>/dev/null
  openssl req -new -key "$TMPDIR/$name.key" -subj "$subject" ${SAN:+-addext "subjectAltName=$SAN"} -out "$TMPDIR/$name.csr" 2>/dev/null
  cat <<Y
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: $name}
spec:
  request: $(base64 -w0 <"$TMPDIR/$name.csr")
  signerName: $signer
  usages: [$usages]
  $more
Y
}

create() { "$k" create -f - <"$1"; }
# certificate NAME   waits for it; prints PEM
certificate() {
  local i text
  for i in $(seq 50); do
    text=$("$k" get csr "$1" -o jsonpath='{.status.certificate}')
    [ -n "$text" ] && { base64 -d <<<"$text"; return 0; }
    sleep 0.1
  done
  return 1
}
# failed_with NAME   the message of the Failed condition, once there is one
failed_with() {
  local i text
  for i in $(seq 50); do
    text=$("$k" get csr "$1" -o jsonpath='{.status.conditions[?(@.type=="Failed")].reason}: {.status.conditions[?(@.type=="Failed")].message}')
    [ "$text" != ": " ] && { echo "$text"; return 0; }
    sleep 0.1
  done
  return 1
}

client=kubernetes.io/kube-apiserver-client
count=0
for k in $(all_kubectls); do
  count=$((count + 1))
  v=$(kubectl_version "$k")
  export KUBECONFIG=$admin
  name=john-${v//./-}
  request "$name" /O=developers/CN=john $client "client auth" "expirationSeconds: 86400" >"$TMPDIR/$name.yaml"
  expect "$v: apply of a request" created "$k" apply -f "$TMPDIR/$name.yaml"
  expect "$v: it is pending" "$name .*$client +kubernetes-admin +24h +Pending" "$k" get csr "$name"
  expect "$v: describe shows the subject" 'Common Name: *john' "$k" describe csr "$name"
  expect "$v: certificate approve" approved "$k" certificate approve "$name"
  certificate "$name" >"$TMPDIR/$name.crt" || fail "$v: no certificate"
  expect "$v: it is issued" 'Approved,Issued' "$k" get csr "$name"
  expect "$v: a kubeconfig with it" . "$k" --kubeconfig "$TMPDIR/$name.conf" config set-cluster c --server "$url" --certificate-authority "$d/pki/ca.crt" --embed-certs
  expect "$v: its user" . "$k" --kubeconfig "$TMPDIR/$name.conf" config set-credentials john --client-certificate "$TMPDIR/$name.crt" --client-key "$TMPDIR/$name.key" --embed-certs
  expect "$v: its context" . "$k" --kubeconfig "$TMPDIR/$name.conf" config set-context x --cluster c --user john
  expect "$v: whoami says john" 'john' "$k" --kubeconfig "$TMPDIR/$name.conf" --context x auth whoami
  expect "$v: and his group" 'developers' "$k" --kubeconfig "$TMPDIR/$name.conf" --context x auth whoami
  request "no-$name" /CN=eve $client "client auth" >"$TMPDIR/no.yaml"
  expect "$v: create of another" created "$k" create -f "$TMPDIR/no.yaml"
  expect "$v: certificate deny" denied "$k" certificate deny "no-$name"
  expect "$v: it is denied" 'Denied' "$k" get csr "no-$name"
  refused "$v: what is denied is not approved" 'already Denied' "$k" certificate approve "no-$name"
done
[ "$count" -gt 0 ] || fail "there is no kubectl here"

# The profile of what was issued, as openssl reads it.
text=$(openssl x509 -noout -text -in "$TMPDIR/$name.crt")
equal "the subject is the request's" "subject=O = developers, CN = john" "$(openssl x509 -noout -subject -nameopt oneline -in "$TMPDIR/$name.crt")"
expect "the certificate verifies" OK openssl verify -purpose sslclient -CAfile "$d/pki/ca.crt" "$TMPDIR/$name.crt"
for pattern in 'CA:FALSE' 'TLS Web Client Authentication' 'Authority Key Identifier'; do
  if grep -q "$pattern" <<<"$text"; then echo "ok $pattern"; else fail "no $pattern" "$text"; fi
done
from=$(date -d "$(openssl x509 -noout -startdate -in "$TMPDIR/$name.crt" | cut -d= -f2)" +%s)
until=$(date -d "$(openssl x509 -noout -enddate -in "$TMPDIR/$name.crt" | cut -d= -f2)" +%s)
equal "a day asked for is a day in all, from five minutes ago" 86400 $((until - from))

# A certificate of ten minutes is not shortened.
request short /CN=short $client "client auth" "expirationSeconds: 600" >"$TMPDIR/short.yaml"
expect "ten minutes" created create "$TMPDIR/short.yaml"
expect "approved" approved "$k" certificate approve short
certificate short >"$TMPDIR/short.crt"
from=$(date -d "$(openssl x509 -noout -startdate -in "$TMPDIR/short.crt" | cut -d= -f2)" +%s)
until=$(date -d "$(openssl x509 -noout -enddate -in "$TMPDIR/short.crt" | cut -d= -f2)" +%s)
equal "ten minutes last ten minutes, and five before" 900 $((until - from))
request tooshort /CN=short $client "client auth" "expirationSeconds: 599" >"$TMPDIR/tooshort.yaml"
refused "599 seconds" 'may not specify a duration less than 600 seconds' create "$TMPDIR/tooshort.yaml"

# Seed 000's own demonstration.
request masters /O=system:masters/CN=john $client "client auth" >"$TMPDIR/masters.yaml"
refused "system:masters by certificate" 'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed.*CertificateSubjectRestriction' \
  create "$TMPDIR/masters.yaml"

# What its signer does not sign, fails for good.
request server /CN=john $client "server auth" >"$TMPDIR/server.yaml"
expect "a server's usage of the signer for clients" created create "$TMPDIR/server.yaml"
expect "approved all the same" approved "$k" certificate approve server
expect "fails" 'SignerValidationFailure: invalid usage for client certificate: server auth' failed_with server
expect "and shows it" 'Approved,Failed' "$k" get csr server

# Bad input.
openssl genrsa -out "$TMPDIR/weak.key" 512 2>/dev/null
request weak /CN=weak $client "client auth" >"$TMPDIR/weak.yaml"
refused "an RSA key of 512 bits" 'spec.request: Invalid value.*RSA key of 512 bits' create "$TMPDIR/weak.yaml"
sed 's/request: .*/request: aGVsbG8=/' "$TMPDIR/short.yaml" | sed 's/name: short/name: garbage/' >"$TMPDIR/garbage.yaml"
refused "garbage" 'PEM block type must be CERTIFICATE REQUEST' create "$TMPDIR/garbage.yaml"
request nousage /CN=x $client "fly" >"$TMPDIR/nousage.yaml"
refused "an unknown usage" 'spec.usages\[0\]: Unsupported value: "fly"' create "$TMPDIR/nousage.yaml"
request legacy /CN=x kubernetes.io/legacy-unknown "client auth" >"$TMPDIR/legacy.yaml"
refused "the legacy signer" 'the legacy signerName is not allowed via this API version' create "$TMPDIR/legacy.yaml"

# Rights: who may approve, and for which signer.
expect "a role to ask and to approve" . "$k" create clusterrole approver --verb=get,list,create,update,patch --resource=certificatesigningrequests.certificates.k8s.io,certificatesigningrequests.certificates.k8s.io/approval
expect "bound to john" . "$k" create clusterrolebinding approver --clusterrole=approver --user=john
john=("$k" --kubeconfig "$TMPDIR/$name.conf" --context x)
request pending /CN=pending $client "client auth" >"$TMPDIR/pending.yaml"
expect "john asks" created "${john[@]}" create -f "$TMPDIR/pending.yaml"
equal "and it is he who asked" john "$("$k" get csr pending -o jsonpath='{.spec.username}')"
refused "without the right on the signer" 'user not permitted to approve requests with signerName' "${john[@]}" certificate approve pending
"$k" create -f - >/dev/null <<'Y'
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: approve-for-kubernetes}
rules: [{apiGroups: [certificates.k8s.io], resources: [signers], resourceNames: ["kubernetes.io/*"], verbs: [approve]}]
Y
expect "the right on all signers of the domain" . "$k" create clusterrolebinding approve-for-kubernetes --clusterrole=approve-for-kubernetes --user=john
expect "is enough" approved "${john[@]}" certificate approve pending

# A kubelet's request is approved by itself, where RBAC says so.
request node-a /O=system:nodes/CN=system:node:a kubernetes.io/kube-apiserver-client-kubelet "client auth, digital signature, key encipherment" >"$TMPDIR/node.yaml"
expect "node clients may ask" . "$k" create clusterrolebinding nodes --clusterrole=system:certificates.k8s.io:certificatesigningrequests:nodeclient --user=john
expect "john asks for a node" created "${john[@]}" create -f "$TMPDIR/node.yaml"
certificate node-a >"$TMPDIR/node-a.crt" || fail "the node has no certificate" "$("$k" get csr node-a -o yaml)"
expect "approved by itself" 'Auto approving kubelet client certificate after SubjectAccessReview' "$k" get csr node-a -o yaml
SAN=email:a@b.c request node-b /O=system:nodes/CN=system:node:b kubernetes.io/kube-apiserver-client-kubelet "client auth, digital signature" >"$TMPDIR/node.yaml"
expect "one with an e-mail address" created "${john[@]}" create -f "$TMPDIR/node.yaml"
expect "approved by hand" approved "$k" certificate approve node-b
expect "fails" 'Email subjectAltNames are not allowed' failed_with node-b
SAN=DNS:node-c,IP:10.0.0.3 request node-c /O=system:nodes/CN=system:node:c kubernetes.io/kubelet-serving "server auth, digital signature, key encipherment" >"$TMPDIR/node.yaml"
expect "a serving certificate" created create "$TMPDIR/node.yaml"
expect "approved by hand" approved "$k" certificate approve node-c
certificate node-c >"$TMPDIR/node-c.crt"
expect "has its names" 'DNS:node-c, IP Address:10.0.0.3' openssl x509 -noout -ext subjectAltName -in "$TMPDIR/node-c.crt"

# With the plugin off, the seed's demonstration works; and with an authority of the user's own.
kill -9 "$server"; wait "$server" 2>/dev/null
refused "an unknown plugin" 'enable-admission-plugins plugin "Nope" is unknown' "$MUSTER/muster" apiserver --data-dir "$d" --enable-admission-plugins=Nope
refused "half an authority" 'cluster-signing-key-file' "$MUSTER/muster" apiserver --data-dir "$d" --cluster-signing-cert-file="$d/pki/ca.crt"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMPDIR/own.key" -out "$TMPDIR/own.crt" -subj /CN=own -days 2 2>/dev/null
start_server apiserver "$d" "$port" --disable-admission-plugins=CertificateSubjectRestriction \
  --cluster-signing-cert-file "$TMPDIR/own.crt" --cluster-signing-key-file "$TMPDIR/own.key" --client-ca-file "$TMPDIR/own.crt"
expect "system:masters, the plugin off" created create "$TMPDIR/masters.yaml"
expect "approved" approved "$k" certificate approve masters
certificate masters >"$TMPDIR/masters.crt"
expect "of the user's own authority" OK openssl verify -CAfile "$TMPDIR/own.crt" "$TMPDIR/masters.crt"
until=$(openssl x509 -noout -enddate -in "$TMPDIR/masters.crt")
equal "no longer than that" "$(openssl x509 -noout -enddate -in "$TMPDIR/own.crt")" "$until"
expect "john is a master" 'system:masters' "$k" --kubeconfig /dev/null --server "$url" --certificate-authority "$d/pki/ca.crt" --client-certificate "$TMPDIR/masters.crt" --client-key "$TMPDIR/masters.key" auth whoami
done_testing
