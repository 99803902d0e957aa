#!/usr/bin/env bash
# Keys of service account tokens that change by themselves, kill -9 in between; tokens in Secrets that nobody uses.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)
export MUSTER_NO_BUILD=1
port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
admin="$k --kubeconfig $d/admin.kubeconfig"
again() { # SIGNAL FLAGS...
  kill "-$1" "$server"
  wait "$server" 2>/dev/null
  shift
  start_server apiserver "$d" "$port" "$@"
}
code() { curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $1" "$url/version"; }
kid() { cut -d. -f1 <<<"$1" | tr '_-' '/+' | base64 -d 2>/dev/null | jq -r .kid; }
keys() { $admin get --raw /openid/v1/jwks | jq -r "[.keys[]|.$1]|join(\" \")"; }
token() { $admin create token robot; }
soon() { # COMMAND...   waits until it succeeds
  local i
  for i in $(seq 150); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}

start_server apiserver "$d" "$port" --service-account-key-rotation-period=0
$admin create serviceaccount robot >/dev/null
first=$(token)
one=$(kid "$first")
equal "one key to begin with" "$one" "$(keys kid)"
$admin create -f - >/dev/null <<'Y'
apiVersion: v1
kind: Secret
metadata: {name: by-hand, annotations: {kubernetes.io/service-account.name: robot}}
type: kubernetes.io/service-account-token
Y
inside() { $admin get secret "$1" -o jsonpath='{.data.token}' | base64 -d; }
filled() { [ -n "$(inside "$1")" ]; }
soon filled by-hand
hand=$(inside by-hand)
equal "which signs tokens in Secrets too" "$one" "$(kid "$hand")"

again TERM --service-account-key-rotation-period=5s
differs() { [ "$(kid "$(token)")" != "$one" ]; }
expect "another signs by itself" '' soon differs
second=$(token)
equal "tokens of both are good" '200 200 200' "$(code "$first") $(code "$second") $(code "$hand")"
equal "and both are shown to others" 2 "$(keys kid | tr ' ' '\n' | grep -c -e "$one" -e "$(kid "$second")")"
retired() { [ ! -e "$d/pki/sa.key" ] && [ -e "$d/pki/sa.pub" ]; }
expect "of the first the private half is gone" '' soon retired
equal "the others are their owner's alone" '700 600' \
  "$(stat -c %a "$d/pki/sa-keys") $(stat -c %a "$d"/pki/sa-keys/*.key | sort -u)"

# Killed at any moment, with keys that change all the time.
tokens=("$first" "$second" "$hand")
for i in 1 2; do
  again KILL --service-account-key-rotation-period=5s --service-account-key-algorithm=ES256
  sleep "$((RANDOM % 3)).$((RANDOM % 10))"
  tokens+=("$(token)")
done
elliptic() { keys alg | grep ES256; }
expect "elliptic keys come about as well" '' soon elliptic
auto=--legacy-service-account-token-auto-generation
again KILL $auto
bad=0
for t in "${tokens[@]}"; do [ "$(code "$t")" = 200 ] || bad=$((bad + 1)); done
equal "after kill -9 every token is still believed" 0 "$bad"
expect "RSA and elliptic keys side by side" 'ES256.*RS256|RS256.*ES256' keys alg
expect "and discovery says so" '"ES256","RS256"' $admin get --raw /.well-known/openid-configuration
equal "nothing half written is left" '' "$(find "$d/pki" -name '.*.new')"
openssl genrsa -out own.key 2048 2>/dev/null
refused "who gives a key has none to change" 'service-account-key-rotation-period: is for keys of our own making' \
  "$MUSTER/muster" apiserver --data-dir "$d" --secure-port 0 --service-account-signing-key-file own.key --service-account-key-rotation-period 24h
mkdir -p "$TMPDIR/other/pki/sa-keys"
chmod -R 700 "$TMPDIR/other"
echo garbage >"$TMPDIR/other/pki/sa-keys/20260301T120000Z.key"
refused "a damaged key is named" 'data-dir: .*20260301T120000Z.key' \
  "$MUSTER/muster" apiserver --data-dir "$TMPDIR/other" --secure-port 0

# Tokens in Secrets, made by themselves: warned of, and noted by the day.
made() { s=$($admin get serviceaccount robot -o jsonpath='{.secrets[0].name}') && [ -n "$s" ] && filled "$s"; }
soon made
made
t=$(inside "$s")
expect "a token made by itself is warned of" 'Warning: Use tokens from the TokenRequest API' \
  "$k" --kubeconfig=/dev/null --server="$url" --insecure-skip-tls-verify --token="$t" auth whoami
label() { $admin get secret "$s" -o jsonpath="{.metadata.labels.kubernetes\.io/legacy-token-$1}"; }
labelled() { [ -n "$(label "$1")" ]; }
soon labelled last-used
equal "and its use noted by the day" "$(date -u +%F)" "$(label last-used)"
tracking="-n kube-system configmap kube-apiserver-legacy-service-account-token-tracking"
expect "since when that is noted is known" "since: \"?$(date -u +%F)" $admin get $tracking -o yaml
$admin delete $tracking >/dev/null
expect "also after somebody deleted it" '' soon $admin get $tracking
$admin label secret "$s" --overwrite kubernetes.io/legacy-token-last-used=2020-01-01 >/dev/null

# Another start sweeps. A key is forgotten when no token of it can be alive: the last end is noted beside it.
printf 2020-01-01T00:00:00Z >"$d/pki/sa.until"
clean=--legacy-service-account-token-clean-up-period=1s
again TERM $auto $clean
expect "a key of which a token lies in a Secret stays" "$one" keys kid
equal "and that token is good" 200 "$(code "$hand")"
sleep 1
equal "an unused token stays until use was noted for long enough" '' "$(label invalid-since)"
$admin patch $tracking -p '{"data":{"since":"2019-01-01"}}' >/dev/null
$admin delete secret by-hand >/dev/null
again TERM $auto $clean
soon labelled invalid-since
equal "then it is taken back" "$(date -u +%F)" "$(label invalid-since)"
equal "and is nobody's" 401 "$(code "$t")"
$admin label secret "$s" kubernetes.io/legacy-token-invalid-since- >/dev/null
equal "until the label is removed" 200 "$(code "$t")"
forgotten() { [ ! -e "$d/pki/sa.pub" ]; }
expect "the key without tokens is forgotten" '' soon forgotten
equal "and shown no more" '' "$(keys kid | tr ' ' '\n' | grep -e "$one")"
equal "tokens of it are nobody's" 401 "$(code "$first")"
equal "those of the others are somebody's" 200 "$(code "$second")"
$admin label secret "$s" --overwrite kubernetes.io/legacy-token-invalid-since=2020-01-01 \
  kubernetes.io/legacy-token-last-used=2019-01-01 >/dev/null
again TERM $clean
gone() { ! $admin get secret "$s"; }
expect "after another period the token is deleted" '' soon gone
done_testing
