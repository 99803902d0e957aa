#!/usr/bin/env bash
# The audit log with real kubectl: what is recorded at which level, of whom, and that no credential is; rotation; a file that is
# moved away; policies that are refused; a disk that is full.
. "$MUSTER/it/lib.sh"
export MUSTER_NO_BUILD=1
cd "$TMPDIR" || exit 1
d=$TMPDIR/data
log=$TMPDIR/logs/audit.log
port=$(free_port)
url=https://127.0.0.1:$port
jane=jane-token-a7d2c9 mallory=mallory-token-b1f3
cat >tokens.csv <<T
$jane,jane,jane-1,developers
$mallory,mallory,mallory-1
T
cat >policy.yaml <<'P'
apiVersion: audit.k8s.io/v1
kind: Policy
omitManagedFields: true
rules:
- {level: None, nonResourceURLs: ["/healthz*", "/livez*", "/readyz*"]}
- {level: None, users: [jane], verbs: [get], resources: [{resources: [configmaps], resourceNames: [quiet]}]}
- {level: Metadata, resources: [{resources: [configmaps]}], namespaces: [plain]}
- {level: Request, resources: [{resources: [configmaps]}], omitStages: [RequestReceived]}
- {level: RequestResponse, resources: [{resources: [secrets, serviceaccounts/token]}, {group: authentication.k8s.io}, {group: identity.muster.dev}]}
- {level: Metadata}
P
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --audit-policy-file=policy.yaml --audit-log-path="$log"
ca=$d/pki/ca.crt
admin=(kubectl --kubeconfig "$d/admin.kubeconfig")
jane() { kubectl --server="$url" --certificate-authority="$ca" --kubeconfig=/dev/null --token=$jane "$@"; }
api() { curl -s --cacert "$ca" "${@:2}" "$url$1"; } # PATH FLAGS...
# events FILTER   the lines that jq selects, compact
events() { jq -c "select($1)" "$log"; }
# one WHAT FILTER EXPECTED EXPRESSION   the last event that the filter selects says so
one() { equal "$1" "$3" "$(events "$2" | tail -1 | jq -rc "$4")"; }

"${admin[@]}" create namespace web >/dev/null
"${admin[@]}" create namespace plain >/dev/null
"${admin[@]}" create clusterrolebinding jane --clusterrole=admin --user=jane >/dev/null
"${admin[@]}" create clusterrole mask --verb=impersonate --resource=users --resource-name=jane >/dev/null
"${admin[@]}" create clusterrolebinding mask --clusterrole=mask --user=mallory >/dev/null

# Levels.
jane -n plain create configmap a --from-literal=k=visible-1 >/dev/null
jane -n web create configmap b --from-literal=k=visible-2 >/dev/null
jane -n web get configmap b >/dev/null
jane -n web create configmap quiet --from-literal=k=v >/dev/null
jane -n web get configmap quiet >/dev/null
jane -n web patch configmap b --type=merge -p '{"data":{"k":"visible-3"}}' >/dev/null
jane -n web delete configmap b >/dev/null
one "an event has Kubernetes' fields in their order" '.verb=="create" and .objectRef.namespace=="plain" and .stage=="ResponseComplete"' \
  'kind apiVersion level auditID stage requestURI verb user sourceIPs userAgent objectRef responseStatus requestReceivedTimestamp stageTimestamp annotations' \
  'keys_unsorted | join(" ")'
one "at Metadata the object's name is there, not the object" '.objectRef.namespace=="plain" and .stage=="ResponseComplete"' '["a",false,201]' \
  '[.objectRef.name, has("requestObject"), .responseStatus.code]'
one "at Request what was sent is" '.verb=="create" and .objectRef.name=="b"' '["visible-2",false]' '[.requestObject.data.k, has("responseObject")]'
equal "a stage that a rule omits is not there" 0 "$(events '.level=="Request" and .stage=="RequestReceived"' | wc -l)"
one "a patch is recorded as it was sent" '.verb=="patch"' '{"data":{"k":"visible-3"}}' .requestObject
one "a deletion says what it said" '.verb=="delete" and .objectRef.resource=="configmaps"' '["Success","configmaps"]' '[.responseStatus.status, .responseStatus.details.kind]'
equal "what a rule does not want is not there" 0 "$(events '.verb=="get" and .objectRef.name=="quiet"' | wc -l)"
equal "health checks are not there" 0 "$(events '.requestURI|startswith("/readyz")' | wc -l)"

# Who.
one "the user, with groups" '.verb=="create" and .objectRef.namespace=="plain"' '["jane","jane-1",["developers","system:authenticated"]]' \
  '[.user.username, .user.uid, .user.groups]'
one "why it was allowed" '.verb=="create" and .objectRef.namespace=="plain" and .stage=="ResponseComplete"' \
  '["allow","RBAC: allowed by ClusterRoleBinding \"jane\" of ClusterRole \"admin\" to User \"jane\""]' \
  '[.annotations["authorization.k8s.io/decision"], .annotations["authorization.k8s.io/reason"]]'
id=$(jane get nodes 2>&1 | sed -n "s/.*refused (id \([a-z0-9]*\)).*/\1/p" | head -1)
one "a refusal is recorded, with the id that kubectl prints" '.objectRef.resource=="nodes"' "[\"forbid\",403,\"Forbidden\",\"$id\"]" \
  '[.annotations["authorization.k8s.io/decision"], .responseStatus.code, .responseStatus.reason, .annotations["identity.muster.dev/refusal"]]'
api /api/v1/pods -H 'Authorization: Bearer nobodys-token-1234' -H 'X-Forwarded-For: 1.2.3.4, 2001:DB8:0::1' -H 'X-Real-Ip: 5.6.7.8' -o /dev/null
one "a 401 is recorded, of nobody" '.responseStatus.code==401' '["ResponseStarted",{},"Unauthorized"]' '[.stage, .user, .responseStatus.message]'
one "where it says it came from, and where it came from" '.responseStatus.code==401' '["1.2.3.4","2001:db8::1","5.6.7.8","127.0.0.1"]' .sourceIPs
api /api/v1/namespaces -H "Authorization: Bearer $mallory" -H 'Impersonate-User: jane' -o /dev/null
one "who acts as another is recorded as both" '.impersonatedUser' '["mallory","jane",200]' '[.user.username, .impersonatedUser.username, .responseStatus.code]'
api /api/v1/namespaces -H "Authorization: Bearer $mallory" -H 'Impersonate-User: root' -o /dev/null
one "who may not, as himself" '.user.username=="mallory"' '[403,null]' '[.responseStatus.code, .impersonatedUser]'
api /api -H "Authorization: Bearer $jane" -H 'Audit-ID: mine-42' -D headers -o /dev/null
expect "an Audit-ID comes back" 'udit-[iI][dD]: mine-42' cat headers
one "and is that of the events" '.auditID=="mine-42"' '"/api"' '.requestURI|tojson'

# A watch.
kubectl --server="$url" --certificate-authority="$ca" --kubeconfig=/dev/null --token=$jane -n web get pods --watch-only >/dev/null 2>&1 &
watching=$!
for i in $(seq 150); do [ "$(events '.verb=="watch" and .stage=="ResponseStarted"' | wc -l)" = 1 ] && break; sleep 0.1; done
kill $watching
wait $watching 2>/dev/null
for i in $(seq 50); do [ "$(events '.verb=="watch" and .stage=="ResponseComplete"' | wc -l)" = 1 ] && break; sleep 0.1; done
equal "a watch is received, starts, and is complete when it ends" '"RequestReceived" "ResponseStarted" "ResponseComplete"' \
  "$(events '.verb=="watch" and .user.username=="jane"' | jq -c .stage | paste -sd' ')"

# Credentials.
password=canary-p4ssw0rd-77
register_secret "password in a Secret" $password
register_secret "bearer token that is nobody's" nobodys-token-1234
"${admin[@]}" -n web create secret generic s --from-literal=p=$password >/dev/null
"${admin[@]}" -n web create secret generic applied --from-literal=p=$password --dry-run=client -o yaml | "${admin[@]}" apply -f - >/dev/null
"${admin[@]}" -n web patch secret s -p "{\"stringData\":{\"q\":\"$password\"}}" >/dev/null
"${admin[@]}" -n web patch secret s --type=json -p "[{\"op\":\"add\",\"path\":\"/data/r\",\"value\":\"$(base64 <<<$password)\"}]" >/dev/null
"${admin[@]}" -n web get secrets >/dev/null
"${admin[@]}" -n web get secrets -o yaml >/dev/null
token=$("${admin[@]}" -n web create token default)
register_secret "token of a service account" "$token"
"${admin[@]}" create clusterrolebinding reviewer --clusterrole=system:auth-delegator --user=jane >/dev/null
expect "a review of a token" '"authenticated": ?true' api /apis/authentication.k8s.io/v1/tokenreviews -H "Authorization: Bearer $jane" \
  -H 'Content-Type: application/json' -d "{\"spec\":{\"token\":\"$token\"}}"
api "/api/v1/namespaces?access_token=$token&token=$password" -H "Authorization: Bearer $token" -A "agent $token" -o /dev/null
"${admin[@]}" create clusterrolebinding token-makers --clusterrole=muster:access-token-user --user=jane >/dev/null
mine=$(jane create --validate=false -o jsonpath='{.status.token}' -f - <<<'{"apiVersion": "identity.muster.dev/v1alpha1", "kind": "AccessToken", "metadata": {"name": "mine"}, "spec": {"description": "audited"}}')
register_secret "access token of jane" "$mine"
one "an access token is made, and not written down" '.objectRef.resource=="accesstokens" and .stage=="ResponseComplete"' '["audited","[scrubbed]",true]' \
  '[.responseObject.spec.description, .responseObject.status.token, (.responseObject.status.hash | length == 64)]'
equal "no credential is in the log, whatever the level" "" "$(grep -nF -e "$password" -e "$(base64 <<<$password | cut -c1-20)" -e "${token##*.}" -e $jane -e "$mine" -e nobodys-token "$log" | cut -c1-300)"
one "but that a secret was read is" '.objectRef.resource=="secrets" and .verb=="list"' true 'has("responseObject")'
one "and which keys were set" '.objectRef.resource=="secrets" and .verb=="create" and .stage=="ResponseComplete"' '{"p":"[scrubbed]"}' .requestObject.data
one "and whose token was reviewed" '.objectRef.resource=="tokenreviews" and .stage=="ResponseComplete"' '["[scrubbed]","system:serviceaccount:web:default"]' \
  '[.requestObject.spec.token, .responseObject.status.user.username]'
jti=$(printf '%s==' "$(cut -d. -f2 <<<"$token" | tr '_-' '/+')" | base64 -d 2>/dev/null | jq -r .jti 2>/dev/null)
one "and by which id it is found again" '.objectRef.subresource=="token" and .stage=="ResponseComplete"' "JTI=$jti" '.annotations["authentication.kubernetes.io/issued-credential-id"]'
one "and for whom a token was made" '.objectRef.subresource=="token"' '["default",201,"[scrubbed]"]' '[.objectRef.name, .responseStatus.code, .responseObject.status.token]'
equal "every line is an event" "$(wc -l <"$log")" "$(jq -c 'select(.kind=="Event" and .auditID and .stage and .verb != null)' "$log" | wc -l)"
equal "the file is its owner's alone" 600 "$(stat -c %a "$log")"
expect "events are counted" 'apiserver_audit_event_total [1-9]' "${admin[@]}" get --raw /metrics
expect "lost ones too" 'apiserver_audit_error_total\{plugin="log"\} 0' "${admin[@]}" get --raw /metrics

# A file that somebody moves away.
sleep 0.6
mv "$log" "$log.moved"
sleep 0.6
jane -n web get serviceaccounts >/dev/null
expect "a file that was moved away is opened anew" '"resource":"serviceaccounts"' cat "$log"
cp "$log" "$log.second"
register_output "$log.second" "$log.moved" "$log"
kill "$server"
wait "$server" 2>/dev/null

# Rotation and standard output.
cat >all.yaml <<'P'
{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Request}]}
P
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --audit-policy-file=all.yaml --audit-log-path="$TMPDIR/small/audit.log" \
  --audit-log-maxsize=1 --audit-log-maxbackup=2 --audit-log-compress --audit-log-mode=batch
head -c 200000 /dev/zero | tr '\0' x >large
"${admin[@]}" -n web create configmap large --from-file=large >/dev/null
for i in $(seq 20); do
  api /api/v1/namespaces/web/configmaps/large -H "Authorization: Bearer $jane" -H 'Content-Type: application/merge-patch+json' -X PATCH \
    --data-binary @<(printf '{"data":{"large":"%s%s"}}' "$i" "$(cat large)") -o /dev/null
done
settled() { [ "$(ls small/audit-*.log.gz 2>/dev/null | wc -l)" = 2 ] && [ "$(ls small | wc -l)" = 3 ]; }
# Twice: the last events may still be on their way, and rotate once more.
for i in $(seq 100); do settled && sleep 1 && settled && break; sleep 0.1; done
expect "a full file is rotated and compressed, and the oldest are removed" '^2 1 0$' \
  echo "$(ls small | grep -cE '^audit-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{3}\.log\.gz$') $(ls small | grep -c '^audit.log$') $(ls small | grep -vcE '^audit(-.*log\.gz|\.log)$')"
expect "no file is larger than it may be" '^small' find small -size -1025k -name audit.log
expect "and lines are whole" '^0$' bash -c 'for f in small/*.gz; do gzip -dc $f; done | jq -c . >/dev/null; echo $?'
kill "$server"
wait "$server" 2>/dev/null
mv "$d.log" "$d.first.log"
register_output "$d.first.log" small/audit.log
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --audit-policy-file=all.yaml --audit-log-path=- --audit-log-format=legacy
jane -n web get configmaps >/dev/null
expect "legacy lines on standard output" 'AUDIT: id="[^"]+" stage="ResponseComplete" ip="127.0.0.1" method="list" user="jane" groups="\\"developers\\",\\"system:authenticated\\"" as="<self>"' cat "$d.log"
kill "$server"
wait "$server" 2>/dev/null

# A disk that is full.
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --audit-policy-file=all.yaml --audit-log-path=/dev/full
expect "with a full disk requests are served" 'web' "${admin[@]}" get namespaces -o name
expect "and what is lost is counted" 'apiserver_audit_error_total\{plugin="log"\} [1-9]' "${admin[@]}" get --raw /metrics
expect "and spoken of" 'audit events are lost, log: .*No space left' cat "$d.log"
kill "$server"
wait "$server" 2>/dev/null
cat >strict.yaml <<'P'
{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None, nonResourceURLs: ["*"]}, {level: Metadata}]}
P
start_server apiserver "$d" "$port" --token-auth-file=tokens.csv --audit-policy-file=strict.yaml --audit-log-path=/dev/full --audit-log-mode=blocking-strict
equal "blocking-strict does nothing that it cannot record" '500 Internal Server Error: "/api/v1/namespaces": failed to store audit event' \
  "$(api /api/v1/namespaces -H "Authorization: Bearer $jane" -w '%{http_code}' | awk '{a[NR]=$0} END {print a[NR] " " a[1]}')"
expect "and counts it" 'apiserver_audit_requests_rejected_total [1-9]' api /metrics --cert <("${admin[@]}" config view --raw -o 'jsonpath={.users[0].user.client-certificate-data}' | base64 -d) \
  --key <("${admin[@]}" config view --raw -o 'jsonpath={.users[0].user.client-key-data}' | base64 -d)
kill "$server"
wait "$server" 2>/dev/null

# What is refused.
cat >bad.yaml <<'P'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [Sometimes]
rules:
- level: Everything
- {level: Metadata, verb: [get], nonResourceURLs: [api], resources: [{group: apps/v1}]}
P
refuse() { "$MUSTER/muster" apiserver --data-dir "$TMPDIR/other" --secure-port "$port" "$@"; }
refused "a bad policy is refused with the path of each error" 'rules\[0\].level: Unsupported value: "Everything": supported values: "None", "Metadata", "Request", "RequestResponse"' \
  refuse --audit-policy-file=bad.yaml --audit-log-path=x.log
out=$(refuse --audit-policy-file=bad.yaml --audit-log-path=x.log --audit-log-mode=never --audit-log-maxage=-1 2>&1)
for line in 'omitStages\[0\]: Invalid value: "Sometimes": allowed stages are' 'unknown field "rules\[1\].verb"' 'rules\[1\].resources\[0\].group: Invalid value: "apps/v1"' \
  'rules\[1\].nonResourceURLs\[0\]: Invalid value: "api": non-resource URL rules must begin' 'invalid audit log mode never' 'audit-log-maxage'; do
  expect "all at once: $line" "$line" echo "$out"
done
refused "a policy that is not there is refused" 'audit-policy-file: loading audit policy file: failed to read file path' refuse --audit-policy-file=none.yaml --audit-log-path=x.log

# up keeps one by itself.
u=$TMPDIR/up
port=$(free_port)
start_server up "$u" "$port"
kubectl --kubeconfig "$u/people/jane.kubeconfig" get nodes >/dev/null 2>&1
for i in $(seq 50); do grep -q '"resource":"nodes"' "$u/audit/audit.log" && break; sleep 0.1; done
equal "up keeps a log, of what was done and by whom" '["jane",403,"Metadata"]' \
  "$(jq -c 'select(.objectRef.resource=="nodes" and .user.username=="jane") | [.user.username, .responseStatus.code, .level]' "$u/audit/audit.log" | tail -1)"
equal "discovery and health are not in it" 0 "$(jq -c 'select(.requestURI|test("^/(readyz|api($|\\?)|apis($|\\?))")) | select(.user.username)' "$u/audit/audit.log" | wc -l)"
equal "both files are their owner's alone" '600 600 700' "$(stat -c %a "$u/audit/audit.log" "$u/audit/policy.yaml" "$u/audit" | paste -sd' ')"
done_testing
