#!/usr/bin/env bash
# Several issuers by --authentication-config: two realms of a real Keycloak, with rules in CEL, among a crowd of issuers that
# misbehave, each in its own way. Rehearsed with muster check, explained by muster why.
. "$MUSTER/it/lib.sh"
. "$MUSTER/it/keycloak/keycloak.sh"
cd "$TMPDIR" || exit 1
. "$MUSTER/it/keycloak/tokens.sh"
. "$MUSTER/it/keycloak/asking.sh"

keycloak_init
signing_key own key-1
faulty_port=$(free_port)
faulty=https://localhost:$faulty_port
openssl pkcs12 -export -in "$keycloak_dir/tls.crt" -inkey "$keycloak_dir/tls.key" -out faulty.p12 -passout pass:changeit
"$JAVA_HOME/bin/java" "$MUSTER/it/src/test/java/dev/muster/it/issuer/FaultyIssuer.java" "$faulty_port" faulty.p12 own.jwks >faulty.log 2>&1 &
servers+=($!)

# What is wrong with each, as the server should say it.
late='no whole answer within'
large='more than [0-9]+ bytes'
declare -A faults=(
  [another]="issuer did not match.*$faulty/another.*$faulty/good"
  [slash]="issuer did not match.*$faulty/slash.*$faulty/slash/"
  [keyless]="no jwks_uri"
  [plain]="jwks_uri .*http://localhost:1/keys.* is no https URL"
  [page]="no discovery document"
  [twice]="no discovery document"
  [broken]="answered 500"
  [moved]="redirect .302. to https://127.0.0.1:$faulty_port/trap.*, which is not followed"
  [endless]="$large"
  [dripping]="$late"
  [silent]="$late"
  [endlesskeys]="$large"
  [silentkeys]="$late"
  [nokeys]="no key that can be used|among the 0 keys|0 keys from"
  [pagekeys]="/pagekeys/keys: .*JSON"
  [movedkeys]="redirect .307. to https://127.0.0.1:$faulty_port/trap.*, which is not followed"
)
ca=$(sed 's/^/      /' "$keycloak_ca")
issuer_of() { # URL   the beginning of an entry
  printf -- '- issuer:\n    url: %s\n    audiences: [kubernetes]\n    certificateAuthority: |\n%s\n' "$1" "$ca"
}
{
  cat <<Y
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
$(issuer_of "$keycloak_url/realms/muster")
  claimMappings:
    username:
      expression: "'staff:' + claims.preferred_username"
    groups:
      expression: "claims.?groups.orValue([]).filter(g, !g.startsWith('system:')).map(g, 'staff:' + g)"
    uid:
      claim: sub
    extra:
    - key: example.org/address
      valueExpression: claims.email
  claimValidationRules:
  - expression: "claims.?email_verified.orValue(false) == true"
    message: the address must be verified
  - claim: azp
    requiredValue: kubernetes
  userValidationRules:
  - expression: "!user.username.endsWith('mallory')"
    message: mallory is not wanted here
$(issuer_of "$keycloak_url/realms/partners")
  claimMappings:
    username:
      claim: preferred_username
      prefix: "partner:"
  claimValidationRules:
  - expression: "claims.contract == 'open'"
    message: the contract has ended
Y
} >good.yaml
{
  cat good.yaml
  for fault in good oddkeys "${!faults[@]}"; do
    issuer_of "$faulty/$fault"
    printf '  claimMappings:\n    username: {claim: sub, prefix: "%s:"}\n' "$fault"
  done
} >crowd.yaml

claims_of() { jq -nc --arg iss "$faulty/$1" '{iss: $iss, sub: "x", aud: "kubernetes", exp: (now + 600 | floor), iat: (now | floor)}'; }
own() { sign own '{"alg":"RS256","kid":"key-1"}' "$(claims_of "$1")"; }

# --- A crowd of issuers that misbehave, and two realms, of which none is up yet.
muster_with --authentication-config=crowd.yaml
keycloak_start
jane=$(keycloak_login jane jane-4c0f2b kubernetes)
becomes 200 "$jane" 12000 "from Keycloak being up to its first token being taken, among $((${#faults[@]} + 2)) others"

# A token of each, all at once: who waits for a silent issuer keeps nobody else waiting.
waiting=()
for fault in "${!faults[@]}"; do
  curl -s --cacert "$TMPDIR/server-ca.crt" -H "Authorization: Bearer $(own "$fault")" -D "$fault.answer" -o /dev/null "$url/api" &
  waiting+=($!)
done
equal "a good token meanwhile is taken" 200 "$(status "$jane")"
equal "an issuer without fault works beside them" 200 "$(status "$(own good)")"
equal "keys of unknown kinds are left aside" 200 "$(status "$(own oddkeys)")"
wait "${waiting[@]}"
sed -n 's/.*client-certificate-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >admin.crt
sed -n 's/.*client-key-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >admin.key
for i in $(seq 120); do
  state=$(curl -s --cacert "$TMPDIR/server-ca.crt" --cert admin.crt --key admin.key "$url/readyz/openid-connect" |
    sed 's/; https:/\nhttps:/g; s/.*server error: //')
  # Whom nobody has asked of is looked at every ten seconds: the second realm may still count as down.
  [ "$(grep -cE "/(silent|silentkeys|dripping): .*$late" <<<"$state")" = 3 ] && ! grep -q '/realms/' <<<"$state" && break
  sleep 0.25
done
$admin get refusals -o json >refusals.json
for fault in "${!faults[@]}"; do
  said=${faults[$fault]}
  id=$(sed -n 's/.*refused (id \([a-z0-9]*\)).*/\1/p' "$fault.answer")
  expect "$fault: its token is refused" '^HTTP/[0-9.]+ 401' cat "$fault.answer"
  expect "$fault: the story of that says why" "$said" jq -c --arg id "$id" '.items[] | select(.metadata.name == $id)' refusals.json
  expect "$fault: readyz says it" "^$faulty/$fault: .*($said)" echo "$state"
  expect "$fault: so does the log" "OpenID issuer $faulty/$fault: .*($said)" cat "$d.log"
done
equal "nobody else is in trouble" "" "$(grep -E "/realms/|/good:|/oddkeys:" <<<"$state")"
equal "metrics count who is ready" "$((2 + 2 + 1))" "$(metrics | grep -c '^muster_jwt_issuer_ready{.*} 1$')"
equal "no redirect was followed" "" "$(curl -s --cacert "$keycloak_ca" "$faulty/asked" | grep -o '/trap[^,]*')"

# --- Two realms, each with rules of its own.
john=$(keycloak_login john john-91d7ae kubernetes)
mallory=$(keycloak_login mallory mallory-e35a08 kubernetes)
brief=$(keycloak_login jane jane-4c0f2b kubernetes-brief)
partner=$(keycloak_login jane jane-77b1c9 kubernetes partners)
former=$(keycloak_login peter peter-05fd6e kubernetes partners)
quiet $admin create clusterrolebinding staff --clusterrole=view --group=staff:developers
who=$(as "$jane" auth whoami -o json)
equal "a rule makes the name" staff:jane "$(jq -r .status.userInfo.username <<<"$who")"
equal "and the groups" '["staff:developers","system:authenticated"]' "$(jq -c .status.userInfo.groups <<<"$who")"
equal "a claim makes the uid" "$(claims "$jane" .sub)" "$(jq -r .status.userInfo.uid <<<"$who")"
equal "a claim makes an extra" jane@example.org "$(jq -r '.status.userInfo.extra["example.org/address"][0]' <<<"$who")"
expect "the group lets in" 'kube-root-ca.crt|No resources' as "$jane" get configmaps
expect "the other realm's jane is somebody else" 'Username +partner:jane$' as "$partner" auth whoami
refused "whom nothing lets in" 'cannot list' as "$partner" get configmaps
refused "an address that is not verified" 'logged in|Unauthorized' as "$john" auth whoami
expect "is named by why, with rule and message" 'claimValidationRules\[0\].*email_verified.*the address must be verified' refusal_of "$john"
refused "a claim with another value" 'logged in|Unauthorized' as "$brief" auth whoami
expect "is named by why" 'required claim "azp" value does not match' refusal_of "$brief"
refused "a user who is not wanted" 'logged in|Unauthorized' as "$mallory" auth whoami
expect "is told by why from the rule" 'userValidationRules\[0\].*mallory is not wanted here' refusal_of "$mallory"
refused "a partner of yesterday" 'logged in|Unauthorized' as "$former" auth whoami
expect "is told by why from the rule" 'claimValidationRules\[0\].*the contract has ended' refusal_of "$former"

# --- The same, rehearsed before anything is rolled out.
check() { "$MUSTER/muster" check --authentication-config good.yaml --token "$1"; }
report=$(check "$jane" 2>&1)
expect "check verifies a real token" 'Signature: +verified' echo "$report"
expect "and says who it would be" '"staff:jane"' echo "$report"
expect "with which groups" 'Groups: +"staff:developers"' echo "$report"
expect "and every rule's verdict" 'holds +jwt.0..userValidationRules.0..expression' echo "$report"
equal "and never the token" "" "$(grep -F -- "${jane##*.}" <<<"$report")"
refused "check names the rule that refuses" 'Result: +refused: jwt.0..claimValidationRules.0..*the address must be verified' check "$john"
refused "in the second realm too" 'Result: +refused: jwt.1..claimValidationRules.0..*the contract has ended' check "$former"
refused "and a token of an issuer that is not there" "$faulty/good" check "$(own good)"

# --- The file changes while the server runs.
sed 's/the contract has ended/the contract is over/; s/prefix: "partner:"/prefix: "guest:"/' good.yaml >crowd.yaml
for i in $(seq 120); do
  as "$partner" auth whoami 2>/dev/null | grep -q guest:jane && break
  sleep 0.1
done
expect "another prefix holds" 'Username +guest:jane$' as "$partner" auth whoami
refused "issuers that are gone are gone" 'logged in|Unauthorized' as "$(own good)" auth whoami
expect "the others go on" staff:jane as "$jane" auth whoami

# --- No token in any output.
muster_end
for secret in "$jane" "$john" "$mallory" "$partner" "$former"; do
  equal "a token is in no log" "" "$(grep -lF -- "${secret##*.}" "$d.all.log" refusals.json)"
done
equal "no stack trace is in a log" "" "$(grep -hoE '.{0,200}\| [a-z.]+(Exception|Error).{0,300}' "$d.all.log" | head -3)"
done_testing
