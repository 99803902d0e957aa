#!/usr/bin/env bash
# A node's way in: a bootstrap token is made, proves who the cluster is to somebody who knows only the token, and proves who its
# bearer is to the cluster; whatever is wrong with a token makes it nobody's, at once.
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
stranger() { curl -skf "$url/api/v1/namespaces/kube-public/configmaps$1"; }
info() { stranger /cluster-info | jq -j --arg key "$1" '.data[$key] // ""'; } # byte for byte
bearer() { # TOKEN ARGS...
  local token=$1
  shift
  "$k" --kubeconfig=/dev/null --server="$url" --insecure-skip-tls-verify --token="$token" "$@"
}
code() { curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $1" "$url/version"; }
base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

# Making one.
out=$("$m" bootstrap-token create --data-dir "$d" --description 'rack 7' --print-join 2>&1) || fail "a token is made" "$out"
id=$(sed -n 's/^bootstrap token \([a-z0-9]*\), good until .*/\1/p' <<<"$out")
file=$d/bootstrap-tokens/$id
token=$(cat "$file")
equal "the token has the known form" yes "$(grep -qE '^[a-z0-9]{6}\.[a-z0-9]{16}$' <<<"$token" && echo yes)"
equal "its file is its owner's alone" '600 700' "$(stat -c %a "$file") $(stat -c %a "$d/bootstrap-tokens")"
equal "its secret was not printed" no "$(grep -q "${token#*.}" <<<"$out" && echo yes || echo no)"
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >ca.crt
hash=$(openssl x509 -in ca.crt -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 | sed 's/.*= *//')
equal "what to type names the key of the authority, as openssl computes it" yes \
  "$(grep -q "kubeadm join 127.0.0.1:$port --token \"\$(cat $file)\" --discovery-token-ca-cert-hash sha256:$hash" <<<"$out" && echo yes)"
expect "it is listed" "^$id +23h .*authentication,signing +system:bootstrappers:kubeadm:default-node-token +rack 7" \
  "$m" bootstrap-token list --data-dir "$d"
equal "without its secret" no "$("$m" bootstrap-token list --data-dir "$d" | grep -q "${token#*.}" && echo yes || echo no)"
expect "--print prints, and writes no file" '^[a-z0-9]{6}\.[a-z0-9]{16}$' \
  "$m" bootstrap-token create --data-dir "$d" --print --usages authentication --groups ''
equal "no file of it" 1 "$(ls "$d/bootstrap-tokens" | wc -l)"

# Who it is.
expect "its bearer is system:bootstrap:ID" "Username +system:bootstrap:$id" bearer "$token" auth whoami
expect "in the groups of its Secret" \
  'Groups +\[system:bootstrappers system:bootstrappers:kubeadm:default-node-token system:authenticated\]' bearer "$token" auth whoami
expect "who may ask for a certificate" '^yes' bearer "$token" auth can-i create certificatesigningrequests.certificates.k8s.io
expect "which is approved by itself" '^yes' \
  bearer "$token" auth can-i create certificatesigningrequests.certificates.k8s.io --subresource=nodeclient
refused "and may read no secrets" 'forbidden: User "system:bootstrap:' bearer "$token" -n kube-system get secrets
expect "a review says the same" "system:bootstrap:$id" bash -c "printf '%s' '{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"$token\"}}' | $admin create --validate=false -o yaml -f -"

# Who the cluster is, to somebody who knows the token alone.
verify() { # FILE TOKEN   0 when the signature in cluster-info is the token's
  local id=${2%%.*} secret=${2#*.} header signature expected
  info kubeconfig >"$1"
  header=$(printf '{"alg":"HS256","kid":"%s"}' "$id" | base64url)
  signature=$(printf '%s.%s' "$header" "$(base64url <"$1")" | openssl dgst -sha256 -hmac "$secret" -binary | base64url)
  expected=$(info "jws-kubeconfig-$id")
  [ -n "$expected" ] && [ "$header..$signature" = "$expected" ]
}
signed() { # TOKEN   waits a moment for it
  local i
  for i in $(seq 25); do
    verify found.kubeconfig "$1" && return 0
    sleep 0.2
  done
  return 1
}
expect "cluster-info is signed with the token, byte for byte" '' signed "$token"
equal "another secret would not do" no "$(verify found.kubeconfig "$id.0000000000000000" && echo yes || echo no)"
expect "it names nobody" '^users: \[\]$' cat found.kubeconfig
refused "a stranger may read nothing else there" '' stranger ''
sed -n 's/.*certificate-authority-data: *//p' found.kubeconfig | tr -d '"' | base64 -d >found-ca.crt
expect "what it says of the cluster leads to the server, and is trusted" "system:bootstrap:$id" \
  "$k" --kubeconfig=/dev/null --server="$(sed -n 's/.*server: *//p' found.kubeconfig | tr -d '"')" \
  --certificate-authority=found-ca.crt --token="$token" auth whoami
$admin -n kube-public patch configmap cluster-info -p '{"data":{"jws-kubeconfig-zzzzzz":"forged"}}' >/dev/null
for i in $(seq 25); do
  [ -z "$(info jws-kubeconfig-zzzzzz)" ] && break
  sleep 0.2
done
equal "a signature of no token vanishes" '' "$(info jws-kubeconfig-zzzzzz)"

# A whole join: from the token to a certificate, and to the next one.
ask() { # NAME NODE CREDENTIAL...   a request for a node's client certificate
  local name=$1 node=$2
  shift 2
  openssl ecparam -name prime256v1 -genkey -noout -out "$name.key" 2>/dev/null
  openssl req -new -key "$name.key" -subj "/O=system:nodes/CN=system:node:$node" -out "$name.csr" 2>/dev/null
  "$k" --kubeconfig=/dev/null --server="$url" --certificate-authority=found-ca.crt "$@" create -f - <<Y
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: $name}
spec:
  request: $(base64 -w0 <"$name.csr")
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  usages: [digital signature, client auth]
Y
}
issued() { # NAME   waits for the certificate
  local i
  for i in $(seq 50); do
    $admin get csr "$1" -o jsonpath='{.status.certificate}' | base64 -d >"$1.crt"
    [ -s "$1.crt" ] && return 0
    sleep 0.1
  done
  $admin get csr "$1" -o yaml
  return 1
}
node() { # NAME ARGS...
  local name=$1
  shift
  "$k" --kubeconfig=/dev/null --server="$url" --certificate-authority=found-ca.crt \
    --client-certificate="$name.crt" --client-key="$name.key" "$@"
}
expect "the token asks for a node's certificate" created ask first n1 --token="$token"
expect "which is approved and signed with nobody looking" '' issued first
expect "and makes it that node" 'Username +system:node:n1' node first auth whoami
expect "a node renews its own" created ask second n1 --client-certificate=first.crt --client-key=first.key
expect "by itself too" '' issued second
expect "and stays who it is" 'Groups +\[system:nodes system:authenticated\]' node second auth whoami
refused "it may not ask for another node's" 'can only create a node CSR with CN=system:node:n1' \
  ask other n2 --client-certificate=first.crt --client-key=first.key
plain=$("$m" bootstrap-token create --data-dir "$d" --print --groups system:bootstrappers:others)
refused "a token of other groups may not even ask" 'forbidden' ask third n3 --token="$plain"

# Tokens that are wrong.
secret() { # ID [KEY VALUE]...   as they are, in Base64
  local id=$1 data
  shift
  declare -A data=([token-id]=$id [token-secret]=0123456789abcdef [usage-bootstrap-authentication]=true [usage-bootstrap-signing]=true)
  while [ $# -gt 0 ]; do
    data[$1]=$2
    shift 2
  done
  {
    printf 'apiVersion: v1\nkind: Secret\ntype: %s\n' "${type:-bootstrap.kubernetes.io/token}"
    printf 'metadata: {name: %s, namespace: kube-system}\ndata:\n' "${name:-bootstrap-token-$id}"
    local key
    for key in "${!data[@]}"; do printf '  %s: "%s"\n' "$key" "$(printf '%s' "${data[$key]}" | base64 -w0)"; done
  } | $admin create -f - >/dev/null || fail "the Secret of $id could not be made"
}
refuses() { # WHAT ID [KEY VALUE]...
  local what=$1 id=$2
  shift
  secret "$@"
  equal "$what is nobody's" 401 "$(code "$id.0123456789abcdef")"
}
secret right1
equal "a right one is somebody's" 200 "$(code right1.0123456789abcdef)"
equal "with another secret it is nobody's" 401 "$(code right1.0123456789abcdee)"
equal "and in capitals" 401 "$(code RIGHT1.0123456789abcdef)"
secret right2 expiration 2999-01-01T00:00:00Z auth-extra-groups 'system:bootstrappers:a,system:bootstrappers:b:c-d'
expect "groups of one's own" '\[system:bootstrappers system:bootstrappers:a system:bootstrappers:b:c-d system:authenticated\]' \
  bearer right2.0123456789abcdef auth whoami
refuses "an expired one" wrong1 expiration 2001-01-01T00:00:00Z
refuses "one of unreadable expiration" wrong2 expiration garbage
refuses "one with a group of somebody else's" wrong3 auth-extra-groups system:masters
refuses "one with a space among the groups" wrong4 auth-extra-groups 'system:bootstrappers:a, system:bootstrappers:b'
refuses "one with an empty group" wrong5 auth-extra-groups 'system:bootstrappers:a,'
refuses "one not for authentication" wrong6 usage-bootstrap-authentication false
refuses "one for authentication by the word True" wrong7 usage-bootstrap-authentication True
refuses "one for authentication by true and a line end" wrong8 usage-bootstrap-authentication $'true\n'
refuses "one whose secret ends in a line end" wrong9 token-secret $'0123456789abcdef\n'
refuses "one that calls itself otherwise" wronga token-id wrongz
type=Opaque refuses "one of another type" wrongb
name=bootstrap-token-wrongd secret wrongc
equal "a renamed one is nobody's" '401 401' "$(code wrongc.0123456789abcdef) $(code wrongd.0123456789abcdef)"

# The end of tokens.
gone() { # ID   within a few seconds
  local i
  for i in $(seq 50); do
    $admin -n kube-system get secret "bootstrap-token-$1" >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  return 1
}
expect "the cleaner takes the expired" '' gone wrong1
expect "and the unreadable" '' gone wrong2
expect "and leaves the others" 'right2' $admin -n kube-system get secret bootstrap-token-right2 -o name
short=$("$m" bootstrap-token create --data-dir "$d" --ttl 5s --print)
equal "a token of five seconds works" 200 "$(code "$short")"
sleep 5.5
equal "for five seconds" 401 "$(code "$short")"
expect "and is cleaned up" '' gone "${short%%.*}"
equal "its signature went with it" '' "$(info "jws-kubeconfig-${short%%.*}")"
equal "a token works until" 200 "$(code "$token")"
expect "it is deleted" "bootstrap token $id deleted" "$m" bootstrap-token delete "$id" --data-dir "$d"
equal "and is nobody's at once" 401 "$(code "$token")"
equal "its file is gone" no "$([ -e "$file" ] && echo yes || echo no)"
refused "deleting it again" 'not found' "$m" bootstrap-token delete "$id" --data-dir "$d"
$admin -n kube-system delete secret bootstrap-token-right1 >/dev/null
equal "one deleted by kubectl is nobody's at once" 401 "$(code right1.0123456789abcdef)"
refused "who is nobody makes no tokens" 'not permitted|does not know' \
  "$m" bootstrap-token create --kubeconfig "$d/people/nobody.kubeconfig" --data-dir "$d" --print
equal "and leaves no file" 0 "$(ls "$d/bootstrap-tokens" | wc -l)"

# Another start, elsewhere: cluster-info follows, the tokens stay.
kill -TERM "$server"
wait "$server" 2>/dev/null
port=$(free_port)
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --enable-bootstrap-token-auth
expect "after another start it is signed anew" '' signed right2.0123456789abcdef
expect "for where the server is now" "server: \"?$url\"?\$" cat found.kubeconfig
equal "tokens outlive the process" 200 "$(code right2.0123456789abcdef)"
kill -TERM "$server"
wait "$server" 2>/dev/null
start_server apiserver "$d" "$port"
equal "without the flag no token is anybody's" 401 "$(code right2.0123456789abcdef)"
done_testing
