#!/usr/bin/env bash
# People who log in at a real Keycloak: its tokens with kubectl, names and groups, roles, expiry; Keycloak down at first, its keys
# rotated and dropped; tokens taken back. Needs the network once: see it/keycloak/prepare.sh.
. "$MUSTER/it/lib.sh"
. "$MUSTER/it/keycloak/keycloak.sh"
. "$MUSTER/it/keycloak/browser.sh"
cd "$TMPDIR" || exit 1
. "$MUSTER/it/keycloak/tokens.sh"
. "$MUSTER/it/keycloak/asking.sh"

keycloak_init
issuer=$keycloak_url/realms/muster
oidc=(--oidc-issuer-url="$issuer" --oidc-client-id=kubernetes)

# --- Keycloak is down when the server starts: it starts all the same.
muster_with "${oidc[@]}" --oidc-ca-file="$keycloak_ca" --oidc-username-claim=preferred_username --oidc-username-prefix=oidc: \
  --oidc-groups-claim=groups --oidc-groups-prefix=oidc:
signing_key own x
early=$(sign own '{"alg":"RS256","kid":"x"}' '{"iss":"'"$issuer"'","aud":"kubernetes","sub":"x","exp":'$(($(date +%s) + 600))'}')
equal "with Keycloak down, its tokens are refused" 401 "$(status "$early")"
expect "why says that it cannot be reached" 'connect|reach|refused' refusal_of "$early"
expect "readyz says so" 'openid-connect in trouble.*/readyz/openid-connect' verbose
refused "and why, to those who may know" "$issuer.*connection refused" $admin get --raw /readyz/openid-connect
equal "others may not" 403 "$(curl -s --cacert "$TMPDIR/server-ca.crt" -o /dev/null -w '%{http_code}' "$url/readyz/openid-connect")"
expect "metrics say so" 'muster_jwt_issuer_ready\{.*\} 0' metrics
equal "but the server is ready for everybody else" 200 "$(curl -s --cacert "$TMPDIR/server-ca.crt" -o /dev/null -w '%{http_code}' "$url/readyz")"
expect "the log says so" "$issuer" cat "$d.log"

keycloak_start
# Up now, and nobody told the server.
token=$(keycloak_login jane jane-4c0f2b kubernetes)
becomes 200 "$token" 12000 "from Keycloak being up to its first token being taken"

expect "readyz says so" '\[\+\]openid-connect ok' verbose
expect "metrics say so" 'muster_jwt_issuer_ready\{.*\} 1' metrics

# --- Names, groups, roles.
quiet $admin create -f - <<Y
apiVersion: v1
kind: Node
metadata: {name: worker-1}
Y
expect "auth whoami shows the user" 'Username +oidc:jane$' as "$token" auth whoami
expect "and the groups" 'oidc:developers.*system:authenticated' as "$token" auth whoami
refused "without a role there is no way in" 'User "oidc:jane" cannot list resource "nodes"' as "$token" get nodes
quiet $admin create clusterrole node-reader --verb=get,list --resource=nodes
quiet $admin create clusterrolebinding node-readers --clusterrole=node-reader --group=developers
refused "a group of the same name without the prefix is another one" 'cannot list' as "$token" get nodes
quiet $admin create clusterrolebinding oidc-node-readers --clusterrole=node-reader --group=oidc:developers
expect "a role bound to the group lets in" worker-1 as "$token" get nodes
for one in $(all_kubectls); do
  kubectl=$one expect "so with kubectl $(kubectl_version "$one")" worker-1 as "$token" get nodes
done
# A token of fifteen seconds, with a watch; asked with around its end.
quiet $admin create clusterrolebinding oidc-viewers --clusterrole=view --group=oidc:developers
brief=$(keycloak_login jane jane-4c0f2b kubernetes-brief)
end=$(($(claims "$brief" .exp) * 1000))
equal "a token of fifteen seconds works" 200 "$(status "$brief")"
as "$brief" get configmaps --watch -o name >watch.out 2>&1 &
watch=$!
(
  sleep "$(awk -v end="$end" -v now="$(now)" 'BEGIN { left = (end - now) / 1000 - 1; print (left > 0 ? left : 0) }')"
  while at=$(now) && [ "$at" -lt $((end + 1500)) ]; do
    echo "$(status "$brief") $at $(now)"
    sleep 0.05
  done >probe.out
) &
probe=$!

john=$(keycloak_login john john-91d7ae kubernetes)
expect "all groups of an array count" 'oidc:developers.*oidc:auditors|oidc:auditors.*oidc:developers' as "$john" auth whoami
team=$(keycloak_login jane jane-4c0f2b kubernetes-team)
equal "Keycloak says it as a string here" payments "$(claims "$team" .groups)"
expect "a string is one group" 'oidc:payments' as "$team" auth whoami
refused "which is not the other" 'cannot list' as "$team" get nodes
mallory=$(keycloak_login mallory mallory-e35a08 kubernetes)
expect "system:masters of Keycloak is not the cluster's" 'oidc:system:masters' as "$mallory" auth whoami
refused "and opens nothing" 'cannot list' as "$mallory" get secrets -A

browser_start
seen=$(keycloak_browser_login jane jane-4c0f2b kubernetes)
browser_stop
expect "a token from a browser at the login page works too" worker-1 as "$seen" get nodes

# --- What is wrong with a token, and that kubectl and why say it.
wiki=$(keycloak_login jane jane-4c0f2b wiki)
refused "a token for another application is refused" 'logged in|Unauthorized' as "$wiki" get nodes
expect "why names the audience" 'aud.*wiki' refusal_of "$wiki"
partner=$(keycloak_login jane jane-77b1c9 kubernetes partners)
refused "a token of another realm is refused" 'logged in|Unauthorized' as "$partner" get nodes
expect "why names its issuer" "realms/partners" refusal_of "$partner"
refused "a token whose claims were changed is refused" 'logged in|Unauthorized' \
  as "${token%%.*}.$(claims "$token" '.groups = ["auditors"]' | tr -d '\n' | basenc --base64url -w0 | tr -d =).${token##*.}" get nodes

# --- Its end.
wait $probe
sed 's/^/  /' probe.out
grep -q '^401' probe.out || fail "the token of fifteen seconds was refused in the end" "$(cat probe.out)"
equal "it works until it expires and no longer" "" "$(awk -v end="$end" '$1 == 200 && $2 >= end || $1 == 401 && $3 < end' probe.out)"
echo "figure: refused $(awk -v end="$end" '$1 == 401 { print $2 - end; exit }' probe.out) ms after exp"
for i in $(seq 40); do kill -0 $watch 2>/dev/null || break; sleep 0.05; done
kill $watch 2>/dev/null && fail "its watch ends with it" || echo "ok its watch ends with it"
refused "kubectl says so" 'logged in|Unauthorized' as "$brief" get nodes
expect "why names exp" 'exp' refusal_of "$brief"

# --- Keys come and go.
kid=$(token_header "$token" .kid)
keycloak_new_key muster second 200
fresh=$(keycloak_login jane jane-4c0f2b kubernetes)
[ "$(token_header "$fresh" .kid)" != "$kid" ] || fail "Keycloak signs with the new key"
becomes 200 "$fresh" 10000 "from a token with a new kid being presented to its being taken"
equal "the old key still counts" 200 "$(status "$token")"
keycloak_drop_key muster "$kid"
dropped=$(now)

# Strangers who name keys that nobody has do not have Keycloak asked for each.
before=$(keycloak_asked_for muster/protocol/openid-connect/certs)
[ "$before" -ge 1 ] || fail "fetches of keys are seen in the log of Keycloak" "$before"
flood=$(now)
strange_tokens 300 "$issuer" | while read -r token; do
  printf 'next\nurl = "%s/api"\ncacert = "%s"\noutput = /dev/null\nwrite-out = "%%{http_code}\\n"\nhttp1.1\nsilent\n' "$url" "$TMPDIR/server-ca.crt"
  printf 'header = "Authorization: Bearer %s"\n' "$token"
done | sed 1d >flood.curl
curl --parallel --parallel-max 50 -K flood.curl 2>flood.err | sort | uniq -c >flood.out &
flooding=$!
equal "a good token meanwhile is taken" 200 "$(status "$fresh")"
wait $flooding
equal "all of them are refused" '300 401' "$(xargs <flood.out)"
fetched=$(($(keycloak_asked_for muster/protocol/openid-connect/certs) - before))
echo "figure: 300 tokens with unknown keys in $(($(now) - flood)) ms had the keys fetched $fetched times"
[ "$fetched" -le $((4 + ($(now) - flood) / 9000)) ] || fail "unknown keys do not make a storm" "$fetched fetches"

# --- Taken back.
revoke() { "$MUSTER/muster" revoke "$@" --data-dir "$d"; }
one=$(keycloak_login jane jane-4c0f2b kubernetes)
equal "jane has a token" 200 "$(status "$one")"
expect "it is taken back by its id" 'took back the token' revoke --token-id "$(claims "$one" .jti)"
becomes 401 "$one" 10000 "from muster revoke --token-id returning to the token being refused"
expect "why names the revocation" 'taken back.*revocation-' refusal_of "$one"
equal "another token of hers is not" 200 "$(status "$fresh")"
expect "a log-in is taken back" 'took back' revoke --session-id "$(claims "$fresh" .sid)"
becomes 401 "$fresh" 10000 "from muster revoke --session-id returning to its token being refused"
another=$(keycloak_login jane jane-4c0f2b kubernetes)
equal "a new log-in counts" 200 "$(status "$another")"
expect "all of a person is taken back" 'took back everything' revoke --user oidc:jane
becomes 401 "$another" 10000 "from muster revoke --user returning to her token being refused"
sleep 1
another=$(keycloak_login jane jane-4c0f2b kubernetes)
equal "who logs in after that is taken" 200 "$(status "$another")"

becomes 401 "$john" $((45000 - $(now) + dropped)) "from asking on until tokens of the dropped key were refused"
echo "figure: tokens of a key that was dropped at Keycloak were refused after at most $(($(now) - dropped)) ms"
expect "why names the key" "unknown key id .${kid:0:16}" refusal_of "$john"
equal "the new key counts" 200 "$(status "$another")"

# --- Other flags: names without a prefix of one's own, other claims, other algorithms, no CA file.
log_in_again() { keycloak_login jane jane-4c0f2b "${1:-kubernetes}"; }
jane=$(log_in_again)
mallory=$(keycloak_login mallory mallory-e35a08 kubernetes)
muster_with "${oidc[@]}" --oidc-ca-file="$keycloak_ca" --oidc-username-claim=preferred_username --oidc-groups-claim=groups
expect "without a prefix the issuer is it" "Username +$issuer#jane$" as "$jane" auth whoami
expect "groups have none" 'Groups +\[developers system:authenticated\]' as "$jane" auth whoami
refused "so system:masters of Keycloak gets nobody in" 'logged in|Unauthorized' as "$mallory" get nodes
expect "why names the group" 'system:masters' refusal_of "$mallory"

john=$(keycloak_login john john-91d7ae kubernetes)
team=$(log_in_again kubernetes-team)
muster_with "${oidc[@]}" --oidc-ca-file="$keycloak_ca" --oidc-username-claim=email --oidc-required-claim=azp=kubernetes
expect "an address is a name by itself" 'Username +jane@example.org$' as "$jane" auth whoami
expect "no groups were asked for" 'Groups +\[system:authenticated\]' as "$jane" auth whoami
refused "an address that is not verified is nobody's" 'logged in|Unauthorized' as "$john" get nodes
expect "why names email_verified" 'email_verified' refusal_of "$john"
refused "a claim that is required is required" 'logged in|Unauthorized' as "$team" get nodes
expect "why names it and both values" 'azp.*(kubernetes.*kubernetes-team|kubernetes-team.*kubernetes)' refusal_of "$team"

elliptic=$(log_in_again kubernetes-elliptic)
equal "Keycloak signs with ES256 here" ES256 "$(token_header "$elliptic" .alg)"
equal "which was not allowed" 401 "$(status "$elliptic")"
muster_with "${oidc[@]}" --oidc-ca-file="$keycloak_ca" --oidc-signing-algs=ES256,PS512 --oidc-username-prefix=-
equal "now it is" "$(claims "$elliptic" .sub)" "$(as "$elliptic" auth whoami -o json | jq -r .status.userInfo.username)"
refused "and RS256 is not" 'logged in|Unauthorized' as "$jane" get nodes
expect "why names the algorithm" 'RS256' refusal_of "$jane"

muster_with "${oidc[@]}"
refused "a certificate nobody vouches for" 'logged in|Unauthorized' as "$jane" get nodes
expect "is named by why" 'certificate' refusal_of "$jane"
refused "and by readyz" 'not trusted.*--oidc-ca-file' $admin get --raw /readyz/openid-connect
expect "and by the log, with what to do" "$keycloak_port.*certificate.*--oidc-ca-file" cat "$d.log"

# --- Keycloak goes away: whoever is logged in goes on.
muster_with "${oidc[@]}" --oidc-ca-file="$keycloak_ca" --oidc-signing-algs=RS256,ES256
becomes 200 "$jane" 12000 "from a new server being ready to a token being taken"
keycloak_stop
equal "a token that the server never saw is judged by the keys read before" 200 "$(status "$john")"
equal "and one of a key that nobody knows is refused" 401 "$(status "$(sign own '{"alg":"RS256","kid":"x"}' "$(claims "$john")")")"

# --- No token in any output.
for secret in "$token" "$fresh" "$jane" "$mallory" "$brief"; do
  found=$(grep -lF -- "${secret##*.}" "$d.all.log" "$d.log" 2>/dev/null)$(why 2>&1 | grep -F -- "${secret##*.}")
  [ -z "$found" ] || fail "a token is in $found"
done
echo "ok no token is in a log"
muster_end
equal "no stack trace is in a log" "" "$(grep -hoE '.{0,200}\| [a-z.]+(Exception|Error).{0,300}' "$d.all.log" | head -3)"
done_testing
