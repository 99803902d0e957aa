#!/usr/bin/env bash
# A certificate is taken back: the next request with it is refused within a second, its watch ends, the same key certified again
# does not help, a new key does; who it was aimed at cannot undo it; an administrator can.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)

quiet() { "$@" >/dev/null 2>&1; }
now() { date +%s%3N; }
key() { quiet openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
certify() { # NAME KEY SUBJECT
  quiet openssl req -new -key "$2.key" -subj "$3" -out "$1.csr"
  quiet openssl x509 -req -in "$1.csr" -CA my-ca.crt -CAkey my-ca.key -CAcreateserial -out "$1.crt" \
    -extfile <(echo extendedKeyUsage=clientAuth) -days 30
}

key my-ca
quiet openssl req -x509 -new -key my-ca.key -subj /CN=my-ca -days 60 -out my-ca.crt
key john
key fresh
certify john john /CN=john/O=developers
certify renewed john /CN=john/O=developers
certify rekeyed fresh /CN=john/O=developers
cat >tokens.csv <<T
jane-token-31d4,jane,uid-1,developers
T

port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --client-ca-file my-ca.crt --token-auth-file=tokens.csv
sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >server-ca.crt
base="$k --server=$url --certificate-authority=server-ca.crt --kubeconfig=/dev/null"
with() { echo "$base --client-certificate=$1.crt --client-key=$2.key"; }
admin="$k --kubeconfig $d/admin.kubeconfig"
john=$(with john john)
status() { # CERTIFICATE KEY
  curl -s --cacert server-ca.crt --cert "$1.crt" --key "$2.key" -o /dev/null -w '%{http_code}' "$url/api/v1/namespaces/default/configmaps"
}
# Asks again and again, each time on a new connection, until the answer is 401; prints the moment.
first_refusal() {
  local i
  for i in $(seq 200); do
    [ "$(status "$1" "$2")" = 401 ] && { now; return; }
  done
  echo never
}

quiet $admin create clusterrolebinding developers --clusterrole=edit --group=developers
quiet $admin create clusterrolebinding revokers --clusterrole=muster:revoker --group=developers
quiet $admin create clusterrole changers --verb=patch,update,deletecollection --resource=revocations.identity.muster.dev
quiet $admin create clusterrolebinding changers --clusterrole=changers --group=developers
expect "john's certificate works" 'Username +john' $john auth whoami
expect "revocations are resources like others" 'revocations +identity.muster.dev/v1alpha1 +false +Revocation' $admin api-resources
expect "kubectl explains them" 'subject' $admin explain revocation.spec

$john get configmaps --watch -o name >watch.out 2>watch.err &
watch=$!
curl -sN --cacert server-ca.crt --cert john.crt --key john.key "$url/api/v1/namespaces/default/configmaps?watch=1" -o raw.out &
raw=$!
curl -sN --cacert server-ca.crt -H 'Authorization: Bearer jane-token-31d4' "$url/api/v1/namespaces/default/configmaps?watch=1" -o jane.out &
jane=$!
sleep 1
kill -0 $watch $raw $jane 2>/dev/null || fail "the watches are open" "$(cat watch.err)"

hash_of() { openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1; }
cat >revocation.yaml <<Y
apiVersion: identity.muster.dev/v1alpha1
kind: Revocation
metadata:
  name: johns-laptop
spec:
  certificate:
    issuerKeyHash: $(openssl x509 -in my-ca.crt -pubkey -noout | hash_of)
    serialNumber: "$(openssl x509 -in john.crt -serial -noout | cut -d= -f2)"
    publicKeyHash: $(openssl x509 -in john.crt -pubkey -noout | hash_of)
  subject: john
  reason: stolen
Y
# A write whose body is held back until after the revocation: as a probe, one that is let go is taken.
slowly() { # NAME   posts a ConfigMap whose last bytes wait for the file NAME.go
  { printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"' "$1"
    for _ in $(seq 300); do [ -f "$1.go" ] && break; sleep 0.1; done
    printf '}}'; } | curl -s --cacert server-ca.crt --cert john.crt --key john.key -X POST -T - -H 'Content-Type: application/json' \
    -o "$1.out" -w '%{http_code}' "$url/api/v1/namespaces/default/configmaps" >"$1.code"
}
touch early.go
slowly early
equal "a write is taken when its body is there" 201 "$(cat early.code)"
slowly late &
late=$!
sleep 0.5
expect "a revocation is created" 'johns-laptop created' $admin create -f revocation.yaml
created=$(now)
refused_at=$(first_refusal john john)
touch late.go
wait $late
equal "a write begun before is refused, however slow its body" 401 "$(cat late.code)"
equal "and nothing came of it" '' "$($admin get configmap late --ignore-not-found -o name)"
if [ "$refused_at" = never ]; then
  fail "the next request is refused" "still $(status john john)"
else
  echo "figure: from kubectl create returning to the first 401, with a new connection: $((refused_at - created)) ms"
  [ $((refused_at - created)) -lt 1000 ] || fail "within a second" "$((refused_at - created)) ms"
fi
for i in $(seq 20); do
  kill -0 $watch 2>/dev/null || kill -0 $raw 2>/dev/null || break
  sleep 0.05
done
if kill -0 $watch 2>/dev/null || kill -0 $raw 2>/dev/null; then
  fail "the watches end within a second" "kubectl or curl is still watching"
else
  echo "figure: from kubectl create returning to both watches having ended, at most: $(($(now) - created)) ms"
fi
wait $raw
equal "the watch was ended properly" 0 $?
kill -0 $jane 2>/dev/null && echo "ok nobody else's watch ends" || fail "jane's watch is still open"
kill $jane 2>/dev/null

refused "kubectl says so" 'logged in|Unauthorized' $john auth whoami
equal "a renewed certificate of the same key is refused" 401 "$(status renewed john)"
equal "a certificate of a new key is taken" 200 "$(status rekeyed fresh)"
rekeyed=$(with rekeyed fresh)
refused "john cannot delete the revocation aimed at him" 'nobody may delete a revocation aimed at themselves' $rekeyed delete revocation johns-laptop
refused "nor change it" 'nobody may change a revocation aimed at themselves' $rekeyed label revocation johns-laptop a=b
refused "nor all of them at once" 'aimed at themselves' $rekeyed delete revocations --all
refused "nor all of them in one request" 'aimed at themselves' $rekeyed delete --raw /apis/identity.muster.dev/v1alpha1/revocations
refused "nobody turns it at somebody else" 'field is immutable' \
  $admin patch revocation johns-laptop --type=merge -p '{"spec":{"subject":"jane"}}'
expect "it is listed" 'johns-laptop +certificate .* john +stolen +<never>' $admin get revocations
odd() { printf 'apiVersion: identity.muster.dev/v1alpha1\nkind: Revocation\nmetadata: {name: x}\nspec: {%s}\n' "$1" >odd.yaml; }
odd 'reason: lost'
refused "one that names nothing is refused" 'name one of certificate, token, session, user' $admin create -f odd.yaml
odd 'token: {id: a}, tokn: {}'
refused "a field that does not exist is refused" 'unknown field' $admin create -f odd.yaml
expect "the administrator gives it back" 'deleted' $admin delete revocation johns-laptop
equal "john's certificate works again" 200 "$(status john john)"

expect "muster revoke takes a certificate back by key and number" 'took back the certificate [0-9a-f]+ of john and every other' \
  "$MUSTER/muster" revoke john.crt --reason=lost --data-dir "$d"
equal "it is refused" 401 "$(status john john)"
equal "and so is its renewal" 401 "$(status renewed john)"
expect "the object names issuer, number, key, person and end" 'issuerKeyHash.*publicKeyHash.*serialNumber.*expiresAt.*lost.*subject.*john' \
  sh -c "$admin get revocations -o json | tr -d '\n'"
expect "everything of a person at once" 'took back everything issued to john before' "$MUSTER/muster" revoke --user john --data-dir "$d"
equal "the other certificate too" 401 "$(status rekeyed fresh)"
expect "and a token by its id" 'took back the token abc' "$MUSTER/muster" revoke --token-id abc --data-dir "$d"
refused "not the command's own certificate" 'this command itself asks with' "$MUSTER/muster" revoke "$d/admin.kubeconfig" --data-dir "$d"
echo garbage >garbage
refused "garbage is no certificate" 'not a kubeconfig' "$MUSTER/muster" revoke garbage --data-dir "$d"
refused "two things at once are none" 'name one thing' "$MUSTER/muster" revoke john.crt --user john --data-dir "$d"
quiet $admin delete revocations --all
equal "all given back" '200 200' "$(status john john) $(status rekeyed fresh)"
cat >old.yaml <<Y
apiVersion: identity.muster.dev/v1alpha1
kind: Revocation
metadata: {name: old}
spec: {token: {id: gone}, expiresAt: "2020-01-01T00:00:00Z"}
Y
quiet $admin create -f old.yaml
for i in $(seq 50); do
  quiet $admin get revocation old || break
  sleep 0.1
done
refused "what has expired is forgotten" 'not found' $admin get revocation old

# A server that starts anew knows what was taken back before it serves anything.
expect "taken back before a restart" 'took back' "$MUSTER/muster" revoke john.crt --data-dir "$d"
kill "$server"
wait "$server" 2>/dev/null
start_server apiserver "$d" "$port" --client-ca-file my-ca.crt --token-auth-file=tokens.csv
equal "still refused after it" 401 "$(status john john)"
done_testing
