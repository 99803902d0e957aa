#!/usr/bin/env bash
# A refusal's id leads an operator to its story, and nobody else.
. "$MUSTER/it/lib.sh"
data=$TMPDIR/data
port=$(free_port)
start_server up "$data" "$port"
people=$data/people
admin=(kubectl --kubeconfig "$data/admin.kubeconfig")
jane=(kubectl --kubeconfig "$people/jane.kubeconfig")
why=("$MUSTER/muster" why --data-dir "$data")
export MUSTER_NO_BUILD=1

id_of() { # prints the id in the warning of a refused command
  "$@" 2>&1 | sed -n "s/.*refused (id \([a-z0-9]*\)).*/\1/p" | head -1
}
ids() { "${admin[@]}" get refusals -o name | sed 's|.*/||'; }

id=$(id_of "${jane[@]}" get secrets -n kube-system)
expect "kubectl prints the id of a refusal" '^[a-z0-9]{8}$' echo "$id"
story=$("${why[@]}" "$id" 2>&1)
expect "why names the user" '^User: +jane$' echo "$story"
expect "why names the groups" '^Groups: +developers, users, system:authenticated$' echo "$story"
expect "why names the verb" '^Verb: +list$' echo "$story"
expect "why names the resource" '^Resource: +secrets$' echo "$story"
expect "why names the namespace" '^Namespace: +kube-system$' echo "$story"
expect "why names the bindings there are" 'ClusterRoleBinding/system:basic-user +grants ClusterRole/system:basic-user +to Group/system:authenticated' echo "$story"
expect "why without an id lists the latest" "^$id +403 +jane +list +secrets +kube-system" "${why[@]}"

before=$(ids)
token=not-a-token-of-anybody
refused "a wrong token is refused" 'must be logged in' "${jane[@]}" --token=$token get nodes
bad=$(comm -13 <(sort <<<"$before") <(ids | sort) | head -1)
story=$("${why[@]}" "$bad" 2>&1)
expect "why says that nobody is known" '^User: +not known$' echo "$story"
expect "why says what the certificates said" 'client certificate +not its own' echo "$story"
expect "why says what the token file said" 'token file +not its own +the token is not in it' echo "$story"
equal "the token is in no story" "" "$(grep -- "$token" <<<"$story")$("${admin[@]}" get refusals -o yaml | grep -- "$token")"

# A TokenReview that says no leaves a story too, by its audit id; the token is in none.
canary=canary-token-that-nobody-knows-4711
review() { # AUDIT_ID TOKEN
  "${admin[@]}" config view --raw -o 'jsonpath={.users[0].user.client-certificate-data}' | base64 -d >"$TMPDIR/admin.crt"
  "${admin[@]}" config view --raw -o 'jsonpath={.users[0].user.client-key-data}' | base64 -d >"$TMPDIR/admin.key"
  curl -sk --cert "$TMPDIR/admin.crt" --key "$TMPDIR/admin.key" -H "Audit-ID: $1" -H 'Content-Type: application/json' \
    "https://127.0.0.1:$port/apis/authentication.k8s.io/v1/tokenreviews" -D "$TMPDIR/heads" \
    -d "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"$2\"}}"
}
expect "a review says no" '"authenticated": ?false' review 11111111-2222-4333-8444-555555555555 "$canary"
equal "the reviewer is not warned" "" "$(grep -i '^warning' "$TMPDIR/heads")"
story=$("${why[@]}" 11111111-2222-4333-8444-555555555555 2>&1)
expect "why finds it by the audit id" '^Refusal: +[a-z0-9]{8}, a review said no$' echo "$story"
expect "names the reviewer" '^Asked by: +kubernetes-admin$' echo "$story"
expect "and what was said of the token" 'token file +not its own +the token is not in it' echo "$story"
equal "without the token" "" "$("${admin[@]}" get refusals -o yaml | grep -- "$canary"; grep -- "$canary" "$data.log")"
expect "it is in the list" ' 401 +kubernetes-admin +create +tokenreviews.authentication.k8s.io' "${admin[@]}" get refusals
# Who sends another's ids as an audit id hides nothing.
probe() { curl -sk -o /dev/null -H "Authorization: Bearer $token" -H "Audit-ID: $1" "https://127.0.0.1:$port$2"; }
probe "$id" /shadow
expect "an audit id that is a refusal's id does not shadow it" '^User: +jane$' "${why[@]}" "$id"
probe 11111111-2222-4333-8444-555555555555 /overwrite
expect "an audit id that another has is shown for both" '^clients choose audit ids, and 2 refusals have this one' "${why[@]}" 11111111-2222-4333-8444-555555555555
refused "an audit id that none has" 'knows no refusal 99999999-2222' "${why[@]}" 99999999-2222-4333-8444-555555555555

expect "kubectl lists refusals" 'ID +CODE +USER +VERB +WHAT +AGE +WHY' "${admin[@]}" get refusals
expect "kubectl shows one" 'username: jane' "${admin[@]}" get refusal "$id" -o yaml
expect "kubectl describes one" 'Username: +jane' "${admin[@]}" describe refusal "$id"
expect "kubectl explains the kind" 'authenticators' "${admin[@]}" explain refusal
expect "kubectl explains a field" 'What bound roles to the user' "${admin[@]}" explain refusal.bindings
refused "refusals are not deleted" 'MethodNotAllowed|does not allow this method' "${admin[@]}" delete refusal "$id"

refused "jane reads no refusal" 'cannot get resource "refusals" in API group "identity.muster.dev"' "${jane[@]}" get refusal "$id"
refused "nor by muster why" 'not permitted.*muster:refusal-viewer' "${why[@]}" --kubeconfig "$people/jane.kubeconfig" "$id"
expect "a viewer is made by one binding" created "${admin[@]}" create clusterrolebinding viewer --clusterrole=muster:refusal-viewer --user=jane
expect "and reads them with a token" '^User: +jane$' "${why[@]}" --kubeconfig "$people/jane.kubeconfig" "$id"

refused "an unknown id is said to be unknown" 'knows no refusal zzzzzzzz' "${why[@]}" zzzzzzzz
refused "what is no id is refused" 'made of small letters and digits' "${why[@]}" ../x
refused "a folder without a server is named" "no server has served from $TMPDIR/none" "$MUSTER/muster" why --data-dir "$TMPDIR/none" "$id"
other=$TMPDIR/other.kubeconfig
sed "s|certificate-authority-data:.*|certificate-authority-data: $(openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=other -days 1 2>/dev/null | base64 -w0)|" \
  "$people/jane.kubeconfig" >"$other"
refused "a server of another authority is not believed" 'did not prove' "${why[@]}" --kubeconfig "$other" "$id"
kill "$server"
wait "$server" 2>/dev/null
refused "a server that is down is said to be down" 'no server answers at' "${why[@]}" "$id"
done_testing
