#!/usr/bin/env bash
# The authenticating proxy: kubectl with a password through a real nginx and a real HAProxy, in their documented configurations.
# What bytes do that are to deceive them: SmugglingThroughProxiesTest.
. "$MUSTER/it/lib.sh"
m=$MUSTER/muster
d=$TMPDIR/data
w=$TMPDIR/proxies
here=$MUSTER/docs/authenticating-proxy
for tool in nginx haproxy; do
  command -v $tool >/dev/null || { fail "$tool is missing: scripts/install-test-tools.sh installs it"; done_testing; }
done

# The files that the configurations name, as docs/authenticating-proxy.md makes them.
mkdir "$w"
"$m" pki init --dir "$w/proxy-ca" --name 'front proxies' >/dev/null
"$m" pki issue client front-proxy --dir "$w/proxy-ca" >/dev/null
"$m" pki issue client another-proxy --dir "$w/proxy-ca" >/dev/null
"$m" pki init --dir "$w/web-ca" --name web >/dev/null
"$m" pki issue server localhost --dir "$w/web-ca" --san 127.0.0.1 >/dev/null
cp "$w"/proxy-ca/front-proxy.* "$w"/web-ca/localhost.* "$w"
cat "$w/front-proxy.crt" "$w/front-proxy.key" >"$w/front-proxy.pem"
cat "$w/localhost.crt" "$w/localhost.key" >"$w/localhost.pem"
for who in jane john; do echo "$who:$(openssl passwd -apr1 "${who}s-example-password")"; done >"$w/people"
chmod 600 "$w"/*.pem "$w/people"

port=$(free_port)
headers=(--requestheader-username-headers X-Remote-User --requestheader-uid-headers X-Remote-Uid
  --requestheader-group-headers X-Remote-Group --requestheader-extra-headers-prefix X-Remote-Extra-)
start_server up "$d" "$port" --requestheader-client-ca-file "$w/proxy-ca/ca.crt" --requestheader-allowed-names front-proxy "${headers[@]}"
cp "$d/pki/ca.crt" "$w/muster-ca.crt"
admin=(kubectl --kubeconfig "$d/admin.kubeconfig")

# in_front NAME FILE COMMAND...   starts a proxy with that file on $door
in_front() {
  local name=$1 file=$2 i
  shift 2
  door=$(free_port)
  sed -e "s/127\.0\.0\.1:8443/127.0.0.1:$door/" -e "s/127\.0\.0\.1:6443/127.0.0.1:$port/" "$here/$file" >"$w/$file"
  (cd "$w" && exec "$@") >"$w/$file.log" 2>&1 &
  servers+=($!)
  for i in $(seq 100); do
    curl -sk -o /dev/null "https://127.0.0.1:$door/" && return
    sleep 0.1
  done
  fail "$name does not listen" "$(cat "$w/$file.log")"
}

# person NAME PASSWORD   a kubeconfig for $door
person() {
  cat >"$w/$1.$door.kubeconfig" <<Y
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://localhost:$door", certificate-authority: $w/web-ca/ca.crt}}]
users: [{name: u, user: {username: $1, password: "$2"}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
current-context: c
Y
  echo "$w/$1.$door.kubeconfig"
}

through() {
  local name=$1 jane john wrong
  jane=$(person jane janes-example-password)
  john=$(person john johns-example-password)
  local as_jane="kubectl --kubeconfig $jane" as_john="kubectl --kubeconfig $john"
  expect "$name: who am I" 'Username +jane' $as_jane auth whoami
  expect "$name: the uid" 'UID +u-1001' $as_jane auth whoami
  expect "$name: the group" 'Groups +\[developers system:authenticated\]' $as_jane auth whoami
  expect "$name: an extra field" "example.com/door +\[$name\]" $as_jane auth whoami
  expect "$name: several groups" 'Groups +\[admins users system:authenticated\]' $as_john auth whoami
  expect "$name: a group's role" 'node-1' $as_john get nodes
  refused "$name: and those who have none" 'User "jane" cannot list resource "nodes"' $as_jane get nodes
  expect "$name: writes" "configmap/from-$name created" $as_jane -n development create configmap "from-$name"
  # A watch sees what happens while it is open.
  $as_jane -n development get configmaps --watch-only -o name >"$w/watch" 2>&1 &
  local watch=$! i
  servers+=($watch)
  for i in $(seq 50); do
    $as_jane -n development annotate configmap "from-$name" "tick=$i" --overwrite >/dev/null
    grep -q "configmap/from-$name" "$w/watch" && break
    sleep 0.1
  done
  equal "$name: a watch" "configmap/from-$name" "$(head -1 "$w/watch")"
  kill $watch 2>/dev/null
  refused "$name: impersonation without a right to it" 'cannot impersonate|Forbidden' $as_jane --as john get nodes
  wrong=$(person jane not-her-password)
  refused "$name: a wrong password ends at the proxy" 'Unauthorized|provide credentials|must be logged in' kubectl --kubeconfig "$wrong" get nodes
  expect "$name: headers of the client's own" '"username": *"jane"' curl -s --cacert "$w/web-ca/ca.crt" -u jane:janes-example-password \
    -H 'X-Remote-User: mallory' -H 'X-Remote-Group: system:masters' -H 'X_Remote_User: mallory' -H 'X-Remote-Extra-Scopes: all' \
    -H 'Content-Type: application/json' -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}' \
    "https://localhost:$door/apis/authentication.k8s.io/v1/selfsubjectreviews"
}

# One process: it may read this folder, and ends with the script.
in_front nginx nginx.conf nginx -p . -c nginx.conf -g 'daemon off; master_process off;'
through nginx
in_front haproxy haproxy.cfg haproxy -f haproxy.cfg
through haproxy

# Without a proxy.
whoami=(-s -H 'Content-Type: application/json' -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}'
  "https://127.0.0.1:$port/apis/authentication.k8s.io/v1/selfsubjectreviews" --cacert "$d/pki/ca.crt")
forged=(-H 'X-Remote-User: mallory' -H 'X-Remote-Group: system:masters')
proxy=(--cert "$w/front-proxy.crt" --key "$w/front-proxy.key")
expect "headers without a certificate are nobody's" 'User \\"system:anonymous\\"' curl "${whoami[@]}" "${forged[@]}"
expect "headers beside a token are not looked at" '"username": *"jane"' curl "${whoami[@]}" "${forged[@]}" \
  -H "Authorization: Bearer $(sed -n 's/^ *token: *//p' "$d/people/jane.kubeconfig" | tr -d '"')"
expect "headers with the proxy's certificate are" '"username": *"mallory"' curl "${whoami[@]}" "${forged[@]}" "${proxy[@]}"
expect "a name that is not allowed is refused" '"code": *401' curl "${whoami[@]}" "${forged[@]}" \
  --cert "$w/proxy-ca/another-proxy.crt" --key "$w/proxy-ca/another-proxy.key"
id=$(curl -si "${whoami[@]}" "${forged[@]}" --cert "$w/proxy-ca/another-proxy.crt" --key "$w/proxy-ca/another-proxy.key" | sed -n 's/.*refused (id \([a-z0-9]*\)).*/\1/p' | head -1)
expect "and why tells its name" 'front proxy.*cn=another-proxy is not in the allowed list' "$m" why "$id" --data-dir "$d"

# What aggregated API servers are told.
trust=extension-apiserver-authentication
told() { "${admin[@]}" -n kube-system get configmap $trust -o "jsonpath={.data.$1}"; }
equal "the proxies' authority is published" "$(openssl x509 -in "$w/proxy-ca/ca.crt" -noout -fingerprint)" \
  "$(told requestheader-client-ca-file | openssl x509 -noout -fingerprint)"
equal "and the header of the name" '["X-Remote-User"]' "$(told requestheader-username-headers)"
"${admin[@]}" -n kube-system delete configmap $trust >/dev/null
for i in $(seq 50); do [ -n "$(told requestheader-allowed-names 2>/dev/null)" ] && break; sleep 0.1; done
equal "who deletes it finds it again" '["front-proxy"]' "$(told requestheader-allowed-names)"

# Taking the proxy's certificate back takes back everybody it speaks of.
expect "the proxy's certificate is taken back" 'took back the certificate' "$m" revoke "$w/front-proxy.crt" --data-dir "$d"
for i in $(seq 100); do [ "$(curl -o /dev/null -w '%{http_code}' "${whoami[@]}" "${forged[@]}" "${proxy[@]}")" = 401 ] && break; sleep 0.1; done
refused "and nobody comes through it" 'Unauthorized|must be logged in' kubectl --kubeconfig "$(person jane janes-example-password)" get nodes

# Configurations that cannot be meant.
refused "a name of white space" 'requestheader-username-headers.*empty value' "$m" apiserver --data-dir "$TMPDIR/x" \
  --requestheader-client-ca-file "$w/proxy-ca/ca.crt" --requestheader-username-headers ' '
refused "users who could be anybody" 'contain overlapping certificates' "$m" apiserver --data-dir "$TMPDIR/x" \
  --client-ca-file "$w/proxy-ca/ca.crt" --requestheader-client-ca-file "$w/proxy-ca/ca.crt" "${headers[@]}"
mkdir -m 700 "$TMPDIR/y"
cp -r "$d/pki" "$TMPDIR/y"
refused "our own authority for proxies" 'could be anybody' "$m" apiserver --data-dir "$TMPDIR/y" --secure-port "$(free_port)" \
  --requestheader-client-ca-file "$d/pki/ca.crt" "${headers[@]}"
done_testing
