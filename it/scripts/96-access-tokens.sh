#!/usr/bin/env bash
# Tokens that people make for their programs: made by kubectl and by muster token, shown once, kept as a hash, used by kubectl,
# ended at once when deleted; nobody turns an impersonation, another token or a machine into one.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)
m=$MUSTER/muster
quiet() { "$@" >/dev/null 2>&1; }

cat >tokens.csv <<T
jane-token-31d4,jane,uid-1,developers
john-token-77aa,john,uid-2,admins
T
port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --access-token-max-expiration=48h
admin="$k --kubeconfig $d/admin.kubeconfig"
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >ca.crt
person() { # NAME TOKEN: a kubeconfig
  KUBECONFIG=$1.kubeconfig $k config set-cluster c --server="$url" --certificate-authority=ca.crt >/dev/null
  KUBECONFIG=$1.kubeconfig $k config set-credentials u --token="$2" >/dev/null
  KUBECONFIG=$1.kubeconfig $k config set-context x --cluster=c --user=u >/dev/null
  KUBECONFIG=$1.kubeconfig $k config use-context x >/dev/null
}
person jane jane-token-31d4
person john john-token-77aa
jane="$k --kubeconfig jane.kubeconfig"
john="$k --kubeconfig john.kubeconfig"

cat >token.yaml <<'Y'
apiVersion: identity.muster.dev/v1alpha1
kind: AccessToken
metadata:
  name: build
spec:
  description: the nightly build
  expirationSeconds: 3600
Y
refused "who may not make one is told so" 'cannot create resource "accesstokens"' $jane create -f token.yaml --validate=false
for who in developers admins; do
  quiet $admin create clusterrolebinding "$who-may-make-them" --clusterrole=muster:access-token-user --group="$who"
done
quiet $admin create clusterrolebinding viewers --clusterrole=view --group=developers
quiet $admin create clusterrolebinding actors --clusterrole=cluster-admin --user=actor

quiet $jane create -f token.yaml --validate=false -o jsonpath='{.status.token}' || fail "jane makes a token" "$($jane create -f token.yaml --validate=false 2>&1)"
quiet $jane delete accesstoken build
token=$($jane create -f token.yaml --validate=false -o jsonpath='{.status.token}')
expect "it is shown where it is made" '^muster_at_.{43}$' echo "$token"
equal "it is never shown again" 0 "$($admin get accesstokens -o yaml | grep -c muster_at_)"
equal "the store has no word of it" 0 "$(grep -c "$token" "$d"/store/* 2>/dev/null | awk -F: '{ n += $2 } END { print n + 0 }')"
person bearer "$token"
bearer="$k --kubeconfig bearer.kubeconfig"
expect "its bearer is who made it" 'Username +jane' $bearer auth whoami
expect "with the groups of then" 'developers' $bearer auth whoami
expect "and may what they may" 'default' $bearer get namespaces
refused "no other token is made of it" 'cannot make another' $bearer create --validate=false -f <(sed 's/: build/: more/' token.yaml)
refused "nor of an impersonation" 'outlast the impersonation' $admin create --as=jane --as-group=developers --validate=false -f <(sed 's/: build/: more/' token.yaml)
quiet $admin create serviceaccount robot
quiet $admin create clusterrolebinding robots --clusterrole=muster:access-token-user --group=system:serviceaccounts
person robot "$($admin create token robot)"
refused "nor by a machine" 'is not a person' $k --kubeconfig robot.kubeconfig create --validate=false -f token.yaml
refused "groups are one's own" 'must be one of your groups' $jane create --validate=false -f - <<'Y'
{"apiVersion": "identity.muster.dev/v1alpha1", "kind": "AccessToken", "metadata": {"name": "more"}, "spec": {"groups": ["admins"]}}
Y
expect "what it is for does not change" 'field is immutable' bash -c "$jane patch accesstoken build --type=merge -p '{\"spec\":{\"expirationSeconds\":99999}}' 2>&1 || true"
expect "labels do" 'labeled' $jane label accesstoken build team=one
expect "its owner sees it" 'build +jane +the nightly build' $jane get accesstokens
expect "others do not" 'No resources found' bash -c "$john get accesstokens 2>&1"
refused "nor by name" 'NotFound|not found' $john get accesstoken build
refused "nor delete it" 'NotFound|not found' $john delete accesstoken build
expect "an administrator sees all" 'build +jane' $admin get accesstokens
for _ in $(seq 100); do [ -n "$($admin get accesstoken build -o jsonpath='{.status.lastUsedTime}')" ] && break; sleep 0.1; done
expect "its last use is seen" '^20..-..-..T' $admin get accesstoken build -o jsonpath='{.status.lastUsedTime}'

$bearer get configmaps --watch -o name >watch.out 2>watch.err &
watch=$!
for _ in $(seq 100); do grep -q kube-root-ca watch.out && break; sleep 0.1; done
expect "a watch runs on it" 'configmap/kube-root-ca.crt' cat watch.out
quiet $jane delete accesstoken build
refused "a deleted one is good for nothing" 'Unauthorized|must be logged in|provide credentials' $bearer get namespaces
ended=no
for _ in $(seq 100); do kill -0 $watch 2>/dev/null || { ended=yes; break; }; sleep 0.1; done
kill $watch 2>/dev/null
equal "its watch has ended" yes "$ended"

printed=$("$m" token create mine --kubeconfig jane.kubeconfig --duration 1000h --description laptop 2>said)
expect "muster token prints the token alone" '^muster_at_.{43}$' echo "$printed"
expect "and says when it ends" 'access token mine ends at 20' cat said
expect "the server's longest holds" '172800' $jane get accesstoken mine -o jsonpath='{.spec.expirationSeconds}'
quiet "$m" token create --kubeconfig jane.kubeconfig --token-file secret.txt
equal "a file is the owner's alone" 600 "$(stat -c %a secret.txt)"
refused "and not written over" 'there already' "$m" token create --kubeconfig jane.kubeconfig --token-file secret.txt
expect "they are listed" 'mine +jane +laptop +never' env KUBECONFIG=jane.kubeconfig "$m" token list
expect "and deleted" 'good for nothing' "$m" token delete mine --kubeconfig jane.kubeconfig
expect "a revocation by id works too" 'took back' "$m" revoke --data-dir "$d" --token-id \
  "$($jane get accesstokens -o jsonpath='{.items[0].metadata.uid}')"
person second "$(cat secret.txt)"
for _ in $(seq 100); do quiet $k --kubeconfig second.kubeconfig get namespaces || break; sleep 0.1; done
refused "and holds" 'Unauthorized|must be logged in|provide credentials' $k --kubeconfig second.kubeconfig get namespaces
done_testing
