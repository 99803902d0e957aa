#!/usr/bin/env bash
# Service accounts with real kubectl: accounts and the CA in each namespace, tokens and what they are bound to, tokens in secrets,
# pods, and the issuer's documents. What is taken away counts within a second.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/d
port=$(free_port)
start_server apiserver "$d" "$port"
k=$(all_kubectls | tail -1)
admin="$k --kubeconfig $d/admin.kubeconfig"

# A client with nothing but a token.
cat >"$TMPDIR/plain.kubeconfig" <<Y
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:$port", certificate-authority: $d/pki/ca.crt}}]
contexts: [{name: c, context: {cluster: c, user: ""}}]
current-context: c
Y
plain="$k --kubeconfig $TMPDIR/plain.kubeconfig"

# within_a_second WHAT TOKEN   the token is refused, at the latest after a second
within_a_second() {
  local end=$(($(date +%s%N) + 1000000000)) code
  while :; do
    code=$(curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $2" "https://127.0.0.1:$port/api")
    [ "$code" = 401 ] && { echo "ok $1"; return; }
    [ "$(date +%s%N)" -gt "$end" ] && { fail "$1: still $code after a second"; return; }
    sleep 0.02
  done
}

claim() { cut -d. -f2 <<<"$1" | tr '_-' '/+' | sed 's/$/===/' | base64 -d 2>/dev/null | grep -o "\"$2\":[^,]*" | head -1; }
eventually() { local i; for i in $(seq 50); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done; return 1; }

expect "a namespace" 'created' $admin create namespace team
eventually $admin -n team get serviceaccount default && echo "ok has a default account" || fail "no default account"
expect "and the CA" 'BEGIN CERTIFICATE' $admin -n team get configmap kube-root-ca.crt -o 'jsonpath={.data.ca\.crt}'
uid=$($admin -n team get serviceaccount default -o 'jsonpath={.metadata.uid}')
$admin -n team delete serviceaccount default >/dev/null
sleep 0.5
another=$($admin -n team get serviceaccount default -o 'jsonpath={.metadata.uid}')
[ -n "$another" ] && [ "$another" != "$uid" ] && echo "ok a deleted default account comes back as another" || fail "default account: $uid then $another"

expect "create serviceaccount" 'created' $admin -n team create serviceaccount robot
token=$($admin -n team create token robot)
expect "its token is its own" 'system:serviceaccount:team:robot' $plain --token "$token" auth whoami
expect "with its groups" 'system:serviceaccounts:team' $plain --token "$token" auth whoami
expect "and an id" 'JTI=[0-9a-f-]{36}' $plain --token "$token" auth whoami
refused "it may nothing yet" 'cannot list resource' $plain --token "$token" -n team get configmaps
expect "rights for it" 'created' $admin -n team create rolebinding robot --clusterrole view --serviceaccount team:robot
expect "it may what it was given" 'kube-root-ca.crt' $plain --token "$token" -n team get configmaps

refused "a life that is too short" 'less than 10 minutes' $admin -n team create token robot --duration 599s
refused "a token for nobody" 'serviceaccounts "nobody" not found' $admin -n team create token nobody
vault=$($admin -n team create token robot --audience vault --duration 20m)
equal "audience" '"aud":["vault"]' "$(claim "$vault" aud)"
within_a_second "a token for another audience is refused" "$vault"
expect "a review for that audience accepts it" 'authenticated: true' bash -c "printf '%s' '{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"$vault\",\"audiences\":[\"vault\"]}}' | $admin create --validate=false -o yaml -f -"

expect "a pod" 'created' $admin -n team run web --image=nginx --overrides='{"spec":{"serviceAccountName":"robot"}}'
expect "has the projected volume" 'kube-api-access-.*3607' $admin -n team get pod web -o 'jsonpath={.spec.volumes}'
expect "mounted" '/var/run/secrets/kubernetes.io/serviceaccount' $admin -n team get pod web -o 'jsonpath={.spec.containers[0].volumeMounts}'
expect "a pod of nobody's" 'created' $admin -n team run other --image=nginx
equal "runs as default" default "$($admin -n team get pod other -o 'jsonpath={.spec.serviceAccountName}')"
refused "an account that is not there" 'error looking up service account team/ghost: serviceaccount "ghost" not found' \
  $admin -n team run bad --image=nginx --overrides='{"spec":{"serviceAccountName":"ghost"}}'
refused "a token of another's pod" 'different serviceaccount name' $admin -n team create token robot --bound-object-kind Pod --bound-object-name other

of_pod=$($admin -n team create token robot --bound-object-kind Pod --bound-object-name web)
expect "a pod's token names the pod" 'pod-name.*web' $plain --token "$of_pod" auth whoami
$admin create -f - >/dev/null <<<'{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"team"}}'
of_secret=$($admin -n team create token robot --bound-object-kind Secret --bound-object-name s)
expect "a secret's token" 'team:robot' $plain --token "$of_secret" auth whoami
$admin -n team delete pod web --force --grace-period=0 >/dev/null 2>&1
within_a_second "a pod's token dies with it" "$of_pod"
$admin -n team delete secret s >/dev/null
within_a_second "a secret's token dies with it" "$of_secret"
expect "the account's own goes on" 'team:robot' $plain --token "$token" auth whoami

$admin create -f - >/dev/null <<'Y'
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata: {name: held, namespace: team, annotations: {kubernetes.io/service-account.name: robot}}
Y
eventually bash -c "$admin -n team get secret held -o 'jsonpath={.data.token}' | grep -q ."
held=$($admin -n team get secret held -o 'jsonpath={.data.token}' | base64 -d)
expect "a token in a secret" 'team:robot' $plain --token "$held" auth whoami
expect "whose use is noted by day" "$(date -u +%F)" $admin -n team get secret held -o 'jsonpath={.metadata.labels.kubernetes\.io/legacy-token-last-used}'
expect "with namespace and CA" 'team' bash -c "$admin -n team get secret held -o 'jsonpath={.data.namespace}' | base64 -d"

for wrong in "${token%?????}AAAAA" "$(cut -d. -f1,2 <<<"$token")." "eyJhbGciOiJub25lIn0.$(cut -d. -f2 <<<"$token")."; do
  within_a_second "a changed token is refused" "$wrong"
done

expect "the issuer's document" '"issuer":"https://kubernetes.default.svc.cluster.local","jwks_uri":"https://127.0.0.1:' $admin get --raw /.well-known/openid-configuration
expect "the keys, public alone" '"kty":"RSA","n":"[^"]*","e":"AQAB"\}\]\}$' $admin get --raw /openid/v1/jwks
expect "accounts may read them" '"keys"' $plain --token "$token" get --raw /openid/v1/jwks
equal "nobody else may" 403 "$(curl -sk -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port/openid/v1/jwks")"

$admin -n team delete serviceaccount robot >/dev/null
within_a_second "the account's token dies with it" "$token"
within_a_second "so does the one in the secret" "$held"
eventually bash -c "! $admin -n team get secret held" && echo "ok the secret goes too" || fail "the secret is still there"
$admin -n team create serviceaccount robot >/dev/null
within_a_second "an account of the same name does not revive it" "$token"
done_testing
