#!/usr/bin/env bash
# Issuers, CEL rules and anonymous conditions of --authentication-config, changed while the server runs.
. "$MUSTER/it/lib.sh"
export MUSTER_NO_BUILD=1
cd "$TMPDIR" || exit 1
work=$PWD

b64() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

# An authority, one server certificate and two signing keys; the issuers are folders of one TLS server.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -subj /CN=issuers -days 1 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key -out tls.csr -subj /CN=localhost 2>/dev/null
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -out tls.crt \
  -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") 2>/dev/null
issuer_port=$(free_port)
for name in one two three; do
  openssl genrsa -out "$name.key" 2048 2>/dev/null
  n=$(openssl rsa -in "$name.key" -noout -modulus 2>/dev/null | sed 's/Modulus=//' | xxd -r -p | b64)
  mkdir -p "www/$name/.well-known"
  url=https://localhost:$issuer_port/$name
  printf '{"issuer":"%s","jwks_uri":"%s/keys"}' "$url" "$url" >"www/$name/.well-known/openid-configuration"
  printf '{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"AQAB"}]}' "$name" "$n" >"www/$name/keys"
done
cat >serve.py <<'P'
import functools, http.server, ssl, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), functools.partial(Quiet, directory="www"))
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("tls.crt", "tls.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
server.serve_forever()
P
python3 serve.py "$issuer_port" &
servers+=($!)

token() { # token ISSUER CLAIMS: claims beside iss, aud and exp, as members of an object
  local head body
  head=$(printf '{"alg":"RS256","kid":"%s"}' "$1" | b64)
  body=$(printf '{"iss":"https://localhost:%s/%s","aud":"kubernetes","exp":%s,%s}' "$issuer_port" "$1" "$(($(date +%s) + 600))" "$2" | b64)
  printf '%s.%s.%s' "$head" "$body" "$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -sign "$1.key" | b64)"
}

entry() { # entry ISSUER MORE: an entry of jwt
  echo "- issuer:"
  echo "    url: https://localhost:$issuer_port/$1"
  echo "    audiences: [kubernetes]"
  echo "    certificateAuthority: |"
  sed 's/^/      /' ca.crt
  printf '%s\n' "$2" | sed 's/^/  /'
}
head='apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: {enabled: true, conditions: [{path: /readyz}, {path: /version}]}
jwt:'
one='claimValidationRules:
- {claim: tenant, requiredValue: acme}
- {expression: "claims.email_verified == true", message: the address must be verified}
claimMappings:
  username: {expression: "\"one:\" + claims.email"}
  groups: {expression: "claims.roles.map(r, \"one:\" + r)"}
  uid: {claim: sub}
  extra: [{key: example.com/tenant, valueExpression: claims.tenant}]
userValidationRules:
- {expression: "user.groups.all(g, g != \"one:banned\")", message: banned}'
plain='claimMappings: {username: {claim: sub, prefix: "two:"}, groups: {claim: groups, prefix: "two:"}}'
{ echo "$head"; entry one "$one"; entry two "$plain"; } >authn.yaml

data=$work/data
port=$(free_port)
start_server up "$data" "$port" --authentication-config "$work/authn.yaml"
admin=(kubectl --kubeconfig "$data/admin.kubeconfig")
sed '/client-certificate-data\|client-key-data/d' "$data/admin.kubeconfig" >nobody.kubeconfig
as() { local t=$1; shift; kubectl --kubeconfig nobody.kubeconfig --token="$t" "$@"; }
metric() { "${admin[@]}" get --raw /metrics | sed -n "s/^apiserver_authentication_config_controller_$1{.*status=\"$2\"} //p"; }
soon() { # soon WHAT COMMAND...: succeeds within some seconds
  local what=$1 i; shift
  for i in $(seq 60); do "$@" >/dev/null 2>&1 && { echo "ok $what"; return; }; sleep 0.25; done
  fail "$what: not within 15 s" "command: $*" "$("$@" 2>&1)" "$(tail -5 "$data.log")"
}

jane=$(token one '"sub":"7","email":"jane@example.com","email_verified":true,"tenant":"acme","roles":["dev"],"jti":"t1"')
john=$(token two '"sub":"john","groups":["ops"]')
soon "the issuers become ready" as "$jane" auth whoami
who=$(as "$jane" auth whoami -o yaml)
expect "expressions make the name" 'username: one:jane@example.com' echo "$who"
expect "and the groups" 'one:dev' echo "$who"
expect "and the extra" 'example.com/tenant' echo "$who"
expect "a claim makes the uid" 'uid: "?7"?' echo "$who"
expect "another issuer has other rules" 'two:john' as "$john" auth whoami
expect "a role bound to a mapped group lets in" created "${admin[@]}" create clusterrolebinding devs --clusterrole=view --group=one:dev
soon "the member of the group" as "$jane" get configmaps -A
refused "and nobody else" 'User "two:john" cannot list' as "$john" get configmaps -A

why_of() { # the story of the refusal of a token, by the id that the client is told
  local id
  id=$(curl -sk -o /dev/null -D - -H "Authorization: Bearer $1" "https://127.0.0.1:$port/version" | sed -n 's/.*refused (id \([a-z0-9]*\)).*/\1/p')
  "$MUSTER/muster" why --data-dir "$data" "$id" 2>&1
}
refused "a rule that says no is not told to the client" 'must be logged in' as "$(token one '"sub":"7","email":"x@example.com","email_verified":false,"tenant":"acme","roles":[]')" get nodes
unverified=$(token one '"sub":"7","email":"secret-person@example.com","email_verified":false,"tenant":"acme","roles":[]')
story=$(why_of "$unverified")
expect "but to operators, by field" 'jwt\[0\].claimValidationRules\[1\].expression' echo "$story"
expect "with the expression" "claims.email_verified == true' failed: the address must be verified" echo "$story"
equal "and without the credential or other claims" "" "$(grep -e "${unverified##*.}" -e secret-person <<<"$story")"
expect "a claim with another value is named" 'required claim "tenant" value does not match' why_of "$(token one '"sub":"7","email":"x@example.com","email_verified":true,"tenant":"other","roles":[]')"
expect "a rule of users is named" "userValidationRules\[0\].*banned" why_of "$(token one '"sub":"7","email":"x@example.com","email_verified":true,"tenant":"acme","roles":["banned"]')"
expect "an expression that fails is named" "roles.*no such key: roles" why_of "$(token one '"sub":"7","email":"x@example.com","email_verified":true,"tenant":"acme"')"

code() { curl -sk -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port$1"; }
equal "anonymous on the paths that are named" "200 200 401 401 401" "$(code /readyz) $(code /version) $(code /readyz/) $(code /livez) $(code /api)"

# A bad new file is refused and the old one stays.
cp authn.yaml good.yaml
echo 'jwt: {' >authn.yaml
soon "a file that cannot be read is counted" grep -q 'is ignored.*yaml' "$data.log"
expect "the old one stays" one:jane as "$jane" auth whoami
{ echo "$head"; entry one "$one" | sed 's/claims.email_verified == true/claims.email_verified + 1/'; } >authn.yaml
soon "all that is wrong is said by field" grep -q 'is ignored: jwt\[0\].claimValidationRules\[1\].expression: Invalid value' "$data.log"
sed 's|path: /version|path: /livez|' good.yaml >authn.yaml
soon "what is anonymous does not change" grep -q 'anonymous: Forbidden: changed from initial configuration file' "$data.log"
equal "and did not" "200 401" "$(code /version) $(code /livez)"
equal "failures are counted" 3 "$(metric automatic_reloads_total failure)"
equal "and nothing else" 0 "$(metric automatic_reloads_total success)"

# A good one takes effect within seconds; the old issuer's answers are forgotten.
third=$(token three '"sub":"mary","groups":[]')
refused "an issuer that is not configured is nobody's" 'must be logged in' as "$third" auth whoami
{ echo "$head"; entry two "${plain//two:/other:}"; entry three "${plain//two:/three:}"; } >authn.yaml
soon "a new issuer is taken" as "$third" auth whoami
refused "an issuer that is gone is gone at once" 'must be logged in' as "$jane" auth whoami
expect "a mapping that changed is not remembered as it was" other:john as "$john" auth whoami
equal "the success is counted" 1 "$(metric automatic_reloads_total success)"

# An issuer that cannot be reached keeps the new file waiting, and the old one in force.
{ echo "$head"; entry three "$plain"; entry nowhere "$plain"; } >authn.yaml
sleep 2.5
expect "a file with an issuer that is down waits" other:john as "$john" auth whoami
cp good.yaml authn.yaml
soon "and can be taken back" as "$jane" auth whoami
expect "with what it said" two:john as "$john" auth whoami

check=("$MUSTER/muster" check --authentication-config "$work/good.yaml")
expect "check finds a good file good" 'good; 2 issuers, anonymous requests allowed on /readyz, /version' "${check[@]}"
report=$(echo "$jane" | "${check[@]}" -)
expect "check rehearses a token" 'Signature: +verified' echo "$report"
expect "with every value" '= "one:jane@example.com"' echo "$report"
expect "and every verdict" "holds jwt.0..claimValidationRules.1..expression: 'claims.email_verified == true'" echo "$report"
expect "and who it would be" 'Groups: +"one:dev"' echo "$report"
equal "and without the token" "" "$(grep -F -e "${jane##*.}" <<<"$report")"
refused "check says which rule refuses" 'Result: +refused: jwt.0..claimValidationRules.1..expression: .*must be verified' "${check[@]}" --token="$unverified"
refused "check finds a forged signature" 'Result: +refused: UNTRUSTED' "${check[@]}" --token="${jane%.*}.$(token two '"sub":"x"' | sed 's/.*\.//')"
sed 's/prefix: "two:"/prefiks: "two:"/' good.yaml >bad.yaml
refused "check says all that is wrong" 'jwt.1..claimMappings.username.prefix: Required value' "$MUSTER/muster" check --authentication-config bad.yaml

refused "flags that say the same are refused" 'mutually exclusive' "$MUSTER/muster" apiserver --data-dir other \
  --authentication-config good.yaml --oidc-issuer-url https://x.example --oidc-client-id y
refused "and the one of anonymous" 'anonymous: Forbidden' "$MUSTER/muster" apiserver --data-dir other --authentication-config good.yaml --anonymous-auth=false
done_testing
