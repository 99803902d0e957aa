#!/usr/bin/env bash
# One user name, two authenticators: noticed, listed, refused where that is wanted.
. "$MUSTER/it/lib.sh"
m=$MUSTER/muster
d=$TMPDIR/data
p=$TMPDIR/pki
f=$TMPDIR/front
"$m" pki init --dir "$p" >/dev/null
for who in jane john; do "$m" pki issue client $who --dir "$p" --group developers >/dev/null; done
"$m" pki issue client account --dir "$p" --name system:serviceaccount:default:default >/dev/null 2>&1
"$m" pki init --dir "$f" --name 'front proxies' >/dev/null
"$m" pki issue client front-proxy --dir "$f" >/dev/null
printf 'janes-token-5b1e,jane,u-1,"developers"\njacks-token-5b1e,jack,u-2\nadmins-token-5b1e,kubernetes-admin,u-3\n' >"$TMPDIR/tokens.csv"
chmod 600 "$TMPDIR/tokens.csv"
flags=(--client-ca-file "$p/ca.crt" --token-auth-file "$TMPDIR/tokens.csv" --requestheader-client-ca-file "$f/ca.crt"
  --requestheader-allowed-names front-proxy --requestheader-username-headers X-Remote-User)
port=$(free_port)
whoami=(-s --cacert "$d/pki/ca.crt" -H 'Content-Type: application/json' -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}'
  "https://127.0.0.1:$port/apis/authentication.k8s.io/v1/selfsubjectreviews")
by_cert() { curl "${whoami[@]}" --cert "$p/$1.crt" --key "$p/$1.key"; }
by_token() { curl "${whoami[@]}" -H "Authorization: Bearer $1"; }
by_proxy() { curl "${whoami[@]}" --cert "$f/front-proxy.crt" --key "$f/front-proxy.key" -H "X-Remote-User: $1"; }
check() { "$m" check --names "$@"; }
metric() { kubectl --kubeconfig "$d/admin.kubeconfig" get --raw /metrics | sed -n "s/^$1 //p"; }
begin() {
  start_server apiserver "$d" "$port" "${flags[@]}" "$@"
}
finish() {
  kill "$server"
  wait "$server" 2>/dev/null
}

begin
refused "what is known at the start is listed at the start" 'kubernetes-admin: of client certificate; also given by token file' check --data-dir "$d"
equal "and logged" 1 "$(grep -c 'user name \\*"kubernetes-admin\\*" comes from two places, client certificate and token file' "$d.log")"
expect "jane by her token" '"username": *"jane"' by_token janes-token-5b1e
equal "one place is none too many" 1 "$(metric muster_duplicate_user_names)"
expect "jane by a certificate is let in" '"username": *"jane"' by_cert jane
expect "john has only a certificate" '"username": *"john"' by_cert john
refused "and noticed" 'jane: of client certificate; also given by token file' check --data-dir "$d"
equal "nobody else is" 2 "$(check --data-dir "$d" | grep -c ': of ')"
for i in 1 2 3; do by_token janes-token-5b1e >/dev/null; done
equal "logged once" 1 "$(grep -c 'user name \\*"jane\\*" comes from two places' "$d.log")"
equal "and counted" 2 "$(metric muster_duplicate_user_names)"
expect "a front proxy may say any name" '"username": *"jack"' by_proxy jack
refused "and comes first" 'jack: of front proxy; also given by token file' check --data-dir "$d"
cat >"$TMPDIR/jack.kubeconfig" <<Y
{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}], users: [{name: u, user: {token: jacks-token-5b1e}}],
 clusters: [{name: c, cluster: {server: "https://127.0.0.1:$port", certificate-authority: $d/pki/ca.crt}}]}
Y
refused "who may not, may not" 'not permitted.*muster:user-name-viewer' check --kubeconfig "$TMPDIR/jack.kubeconfig"
refused "--names stands alone" 'stands alone' check one two
finish

begin --duplicate-user-names=refuse
expect "jane by her token, whom nobody else claimed since the start" '"username": *"jane"' by_token janes-token-5b1e
expect "jane by a certificate comes earlier in the chain" '"username": *"jane"' by_cert jane
expect "so that the token is refused from then on" '"code": *401' by_token janes-token-5b1e
id=$(curl -si "${whoami[@]}" -H 'Authorization: Bearer janes-token-5b1e' | sed -n 's/.*refused (id \([a-z0-9]*\)).*/\1/p' | head -1)
expect "and why says whose name it is" 'token file.*the user name "jane" belongs to client certificate' "$m" why "$id" --data-dir "$d"
expect "the certificate goes on" '"username": *"jane"' by_cert jane
expect "the token file's administrator is not ours" '"code": *401' by_token admins-token-5b1e
expect "ours is" 'kubernetes-admin' kubectl --kubeconfig "$d/admin.kubeconfig" auth whoami
expect "a name of a service account is nobody's but theirs" '"code": *401' by_proxy system:serviceaccount:default:default
expect "the account itself is let in" 'system:serviceaccount:default:default' \
  kubectl --server "https://127.0.0.1:$port" --certificate-authority "$d/pki/ca.crt" --kubeconfig /dev/null \
  --token "$(kubectl --kubeconfig "$d/admin.kubeconfig" create token default)" auth whoami
"$m" revoke "$f/front-proxy.crt" --data-dir "$d" >/dev/null
for i in $(seq 100); do [ "$(by_proxy x | grep -c '"code": *401')" = 1 ] && break; sleep 0.1; done
by_proxy john >/dev/null
expect "a proxy that was taken back takes nobody's name" '"username": *"john"' by_cert john
finish
refused "a policy that there is not" 'duplicate-user-names.*report or refuse' "$m" apiserver --data-dir "$TMPDIR/x" --duplicate-user-names=drop
done_testing
