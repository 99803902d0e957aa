#!/usr/bin/env bash
# kill -9 while controllers are at work, again and again: what is stored afterwards comes to where it should be, and nothing twice.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)
export MUSTER_NO_BUILD=1
port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
admin="$k --kubeconfig $d/admin.kubeconfig"
flags=(--enable-bootstrap-token-auth --legacy-service-account-token-auto-generation --authorization-mode=Node,RBAC)
rounds=4
joining=joiner.0123456789abcdef

for i in $(seq 3); do
  openssl ecparam -name prime256v1 -genkey -noout -out "$i.key" 2>/dev/null
  openssl req -new -key "$i.key" -subj "/O=system:nodes/CN=system:node:n$i" -out "node$i.csr" 2>/dev/null
  openssl req -new -key "$i.key" -subj "/O=dev/CN=user$i" -out "user$i.csr" 2>/dev/null
done
# Requests are written down first and then sent by one curl, so that the server is kept busy: METHOD PATH CREDENTIAL BODY
things=0
write() {
  things=$((things + 1))
  printf '%s' "$4" >"body$things"
  printf '%s %s %s body%s\n' "$1" "$2" "$3" "$things"
}
api=/api/v1/namespaces
csrs=/apis/certificates.k8s.io/v1/certificatesigningrequests
bootstrap() { # ID EXPIRATION
  write POST $api/kube-system/secrets admin '{"metadata":{"name":"bootstrap-token-'"$1"'"},"type":"bootstrap.kubernetes.io/token",
    "stringData":{"token-id":"'"$1"'","token-secret":"0123456789abcdef","expiration":"'"$2"'","usage-bootstrap-signing":"true",
    "usage-bootstrap-authentication":"true","auth-extra-groups":"system:bootstrappers:kubeadm:default-node-token"}}'
}
csr() { # NAME FILE SIGNER CREDENTIAL
  write POST $csrs "$4" '{"metadata":{"name":"'"$1"'"},"spec":{"request":"'"$(base64 -w0 <"$2")"'",
    "signerName":"kubernetes.io/'"$3"'","usages":["digital signature","client auth"]}}'
}
judge() { # NAME WORD
  write PATCH "$csrs/$1/approval" admin '{"status":{"conditions":[{"type":"'"$2"'","status":"True","reason":"x","message":"y"}]}}'
}
for r in $(seq $rounds); do
  last=$((r - 1))
  for n in 1 2 3; do
    write POST $api admin '{"metadata":{"name":"r'"$r-$n"'"}}'
    write POST "$api/r$r-$n/serviceaccounts" admin '{"metadata":{"name":"app"}}'
    csr "r$r-user$n" "user$n.csr" kube-apiserver-client admin
  done >"first$r"
  {
    for n in 1 2 3; do
      write POST "$api/r$r-$n/secrets" admin '{"metadata":{"name":"by-hand","annotations":{"kubernetes.io/service-account.name":"app"}},
        "type":"kubernetes.io/service-account-token"}'
      bootstrap "l${r}000$n" 2999-01-01T00:00:00Z
      bootstrap "d${r}000$n" 2001-01-01T00:00:00Z
      csr "r$r-node$n" "node$n.csr" kube-apiserver-client-kubelet joiner
    done
    judge "r$r-user1" Approved
    judge "r$r-user2" Approved
    judge "r$r-user3" Denied
    if [ "$last" -gt 0 ]; then
      # What earlier rounds made goes again.
      write DELETE "$api/r$last-1" admin '{}'
      write DELETE "$api/r$last-2/serviceaccounts/app" admin '{}'
      write DELETE "$api/kube-system/secrets/bootstrap-token-l${last}0003" admin '{}'
    fi
  } >"plain$r"
  shuf "plain$r" >"then$r"
  while read -r method path credential body; do
    form=application/json
    [ "$method" = PATCH ] && form=application/merge-patch+json
    printf 'url = "%s"\nrequest = "%s"\ndata-binary = "@%s"\nheader = "content-type: %s"\ninsecure\nsilent\noutput = "/dev/null"\n' \
      "$url$path" "$method" "$body" "$form"
    printf 'write-out = "%%{stderr}%%{http_code} %s %s\\n"\n' "$method" "$path"
    if [ "$credential" = admin ]; then
      printf 'cert = "admin.crt"\nkey = "admin.key"\n'
    else
      printf 'header = "authorization: Bearer %s"\n' "$joining"
    fi
    printf 'next\n'
  done < <(cat "first$r" "then$r") | sed '$d' >"fire$r"
done

start_server apiserver "$d" "$port" "${flags[@]}"
for what in certificate key; do
  sed -n "s/.*client-$what-data: *//p" "$d/admin.kubeconfig" | tr -d '"' | base64 -d >"admin.${what/certificate/crt}"
done
$admin -n kube-system create secret generic bootstrap-token-joiner --type=bootstrap.kubernetes.io/token --from-literal=token-id=joiner \
  --from-literal=token-secret=0123456789abcdef --from-literal=usage-bootstrap-authentication=true --from-literal=usage-bootstrap-signing=true \
  --from-literal=expiration=2999-01-01T00:00:00Z --from-literal=auth-extra-groups=system:bootstrappers:kubeadm:default-node-token >/dev/null
for r in $(seq $rounds); do
  : >"answers$r"
  curl -K "fire$r" 2>"answers$r" &
  curl=$!
  # Killed after so many answers, the last ones of which nobody has reconciled.
  enough=$((10 + RANDOM % 16))
  while [ "$(wc -l <"answers$r")" -lt $enough ] && kill -0 $curl 2>/dev/null; do sleep 0.005; done
  kill -9 "$server"
  kill $curl 2>/dev/null
  wait "$server" $curl 2>/dev/null
  start_server apiserver "$d" "$port" "${flags[@]}"
done
# Not there is what an earlier round was killed before, or what was asked for too early.
equal "what was asked for was done" '' "$(cat answers? | grep -v '^2\|^000\|^409\|^404')"

# Where it should come to: each of these prints what is wrong.
accounts_wrong() {
  # An account in every namespace, and every account with one Secret made by itself, which it lists.
  jq -r '
    (.items | group_by(.kind) | map({key: .[0].kind, value: .}) | from_entries) as $all
    | ($all.Namespace[] | select(.metadata.deletionTimestamp == null) | .metadata.name) as $n
    | ([$all.ServiceAccount[] | select(.metadata.namespace == $n)]) as $accounts
    | (if ([$accounts[] | select(.metadata.name == "default")] | length) != 1 then "\($n): no default account" else empty end),
      (if ([$all.ConfigMap[] | select(.metadata.namespace == $n and .metadata.name == "kube-root-ca.crt")] | length) != 1
        then "\($n): no CA" else empty end),
      ($accounts[] | . as $a
        | [$all.Secret[] | select(.metadata.namespace == $n and .type == "kubernetes.io/service-account-token"
            and .metadata.annotations["kubernetes.io/service-account.name"] == $a.metadata.name)] as $own
        | [$own[] | select(.metadata.name | test("-token-[a-z0-9]{5}$"))] as $made
        | (if ($made | length) != 1 then "\($n)/\($a.metadata.name): \($made | length) secrets made" else empty end),
          (if [$a.secrets[]?.name] != [$made[].metadata.name] then "\($n)/\($a.metadata.name) lists \([$a.secrets[]?.name])" else empty end),
          ($own[] | select((.data.token // "") == "" or (.data["ca.crt"] // "") == "" or
              .metadata.annotations["kubernetes.io/service-account.uid"] != $a.metadata.uid)
            | "\($n)/\(.metadata.name) is not filled")),
      ($all.Secret[] | select(.metadata.namespace == $n and .type == "kubernetes.io/service-account-token")
        | . as $s | select([$accounts[].metadata.uid] | index($s.metadata.annotations["kubernetes.io/service-account.uid"]) == null)
        | "\($n)/\(.metadata.name) is of no account")' all.json
}
namespaces_wrong() {
  jq -r '[.items[] | select(.kind == "Namespace") | .metadata.name] as $there
    | .items[] | select(.kind == "Namespace" and .metadata.deletionTimestamp != null) | "\(.metadata.name) does not go"' all.json
  jq -r '[.items[] | select(.kind == "Namespace") | .metadata.name] as $there | .items[]
    | select(.metadata.namespace != null and ([.metadata.namespace] | inside($there) | not)) | "\(.kind) \(.metadata.name) outlived \(.metadata.namespace)"' all.json
}
requests_wrong() {
  jq -r '.items[] | select(.kind == "CertificateSigningRequest") | .metadata.name as $n
    | ([.status.conditions[]?.type]) as $c | (.status.certificate // "") as $cert
    | (if ($c | length) > 1 then "\($n): \($c)" else empty end),
      (if $c == ["Approved"] and $cert == "" then "\($n) is not signed" else empty end),
      (if $c != ["Approved"] and $cert != "" then "\($n) is signed and \($c)" else empty end),
      (if ($n | test("node")) and $c != ["Approved"] then "\($n) is not approved: \($c)" else empty end),
      (if $cert != "" and ($cert | @base64d | [scan("BEGIN CERTIFICATE")] | length) != 1 then "\($n) has not one certificate" else empty end)' all.json
}
bootstrap_wrong() {
  jq -r '.items[] | select(.kind == "Secret" and .type == "bootstrap.kubernetes.io/token" and
      (.data.expiration | @base64d) < "2900") | "\(.metadata.name) is still there"' all.json
  jq -r '([.items[] | select(.kind == "Secret" and .type == "bootstrap.kubernetes.io/token") | .data["token-id"] | @base64d] | sort) as $ids
    | ([.items[] | select(.kind == "ConfigMap" and .metadata.name == "cluster-info") | .data | keys[] | select(startswith("jws-"))
        | ltrimstr("jws-kubeconfig-")] | sort) as $signed
    | if $ids != $signed then "signed for \($signed), tokens \($ids)" else empty end' all.json
}
wrong() {
  $admin get namespaces,serviceaccounts,secrets,configmaps,certificatesigningrequests -A -o json >all.json || return
  accounts_wrong
  namespaces_wrong
  requests_wrong
  bootstrap_wrong
}
for i in $(seq 60); do
  left=$(wrong 2>&1)
  [ -z "$left" ] && break
  sleep 0.3
done
equal "everything comes to where it should be" '' "$left"
count() { jq "[.items[] | select(.kind == \"$1\")] | length" all.json; }
equal "there was something to look at" yes \
  "$([ "$(count Namespace)" -ge 12 ] && [ "$(count CertificateSigningRequest)" -ge 12 ] && [ "$(count Secret)" -ge 20 ] && echo yes ||
    echo "$(count Namespace) namespaces, $(count CertificateSigningRequest) requests, $(count Secret) secrets")"
# And stays there: who converges writes no more.
version() { $admin get secrets,serviceaccounts,configmaps,csr -A -o json | jq -c '[.items[] | .metadata | [.uid, .resourceVersion]] | sort'; }
before=$(version)
sleep 2
equal "and rests" "$before" "$(version)"
# Tokens and certificates are what they say.
bad=0
checked=0
while read -r token; do
  checked=$((checked + 1))
  [ "$(curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $(base64 -d <<<"$token")" "$url/version")" = 200 ] || bad=$((bad + 1))
done < <(jq -r '.items[] | select(.type == "kubernetes.io/service-account-token") | .data.token' all.json | head -8)
equal "tokens in Secrets are good" '8 0' "$checked $bad"
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >ca.crt
bad=0
while read -r name certificate; do
  base64 -d <<<"$certificate" >one.crt
  openssl verify -CAfile ca.crt one.crt >/dev/null 2>&1 &&
    [ "$(openssl x509 -in one.crt -noout -pubkey)" = "$(openssl pkey -in "${name: -1}.key" -pubout 2>/dev/null)" ] || bad=$((bad + 1))
done < <(jq -r '.items[] | select(.status.certificate != null and .kind == "CertificateSigningRequest") | .metadata.name + " " + .status.certificate' all.json)
equal "certificates are of their requests' keys" 0 "$bad"
done_testing
