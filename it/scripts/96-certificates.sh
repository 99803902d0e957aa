#!/usr/bin/env bash
# Who holds client certificates: certificates of the user's own authority and of ours, used and unused, shared and taken back; kept
# over a restart. A key that was taken back is not certified again, whoever approves.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
k=$(all_kubectls | tail -1)
m=$MUSTER/muster
quiet() { "$@" >/dev/null 2>&1; }

quiet openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout my-ca.key -subj /CN=my-ca -days 60 -out my-ca.crt
quiet openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout john.key -subj /CN=john/O=developers/O=admins -out john.csr
quiet openssl x509 -req -in john.csr -CA my-ca.crt -CAkey my-ca.key -CAcreateserial -out john.crt -days 30 -extfile <(echo extendedKeyUsage=clientAuth)

port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --client-ca-file my-ca.crt
admin="$k --kubeconfig $d/admin.kubeconfig"
use() { curl -sk --interface "$1" --cert "$2.crt" --key "$2.key" -o /dev/null -w '%{http_code}' "$url/api"; }
list() { "$m" certificates --data-dir "$d" "$@"; }
field() { $admin get clientcertificates -o json | jq -r "[.items[] | select(.user.username == \"$1\")][-1].$2"; }
ask() { # NAME KEY SUBJECT SIGNER USAGES
  quiet openssl req -new -key "$2" -subj "$3" -out csr.pem
  $admin create -f - >/dev/null <<Y
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: $1}
spec: {request: $(base64 -w0 csr.pem), signerName: kubernetes.io/$4, usages: [$5]}
Y
}

equal "john's certificate works" 200 "$(use 127.0.0.1 john)"
serial=$(openssl x509 -in john.crt -serial -noout | cut -d= -f2 | tr A-F a-f | sed 's/^0*//')
expect "muster certificates lists it" "john +developers,admins +$serial +[0-9a-f]{12} +20[0-9-]+T[0-9:]+Z +[0-9]+s ago +1 +good" list
expect "and the administrator's" 'kubernetes-admin .* good' list
equal "by its key" "$(openssl x509 -in john.crt -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1)" "$(field john publicKeyHash)"
equal "and its issuer's" "$(openssl x509 -in my-ca.crt -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1)" "$(field john issuerKeyHash)"

equal "from another address" 200 "$(use 127.0.0.2 john)"
expect "it is shared" 'john .* 2 +SHARED|john .* 2 +shared' list --shared
equal "the administrator's is not" 0 "$(list --shared | grep -c kubernetes-admin)"
sleep 1.1
equal "and from the first one again" 200 "$(use 127.0.0.1 john)"
expect "that is two places at once" 'john .* 2 +SHARED, two places at once' list
expect "from these" '127.0.0.1,127.0.0.2|127.0.0.2,127.0.0.1' list -o wide --user john

first=$(field john lastUsed)
curl -skN --cert john.crt --key john.key "$url/api/v1/namespaces/default/configmaps?watch=1" -o watch.out &
watch=$!

expect "kubectl sees them too" 'john +[0-9a-f]+ +(29|30)d +[0-9]+s ago +2 +Shared' $admin get clientcertificates
expect "and explains them" 'sharedAtOnce' $admin explain clientcertificates
refused "nobody writes them" 'MethodNotAllowed|not allowed' $admin delete clientcertificate "$(field john metadata.name)"
refused "john may not read them" 'cannot list resource "clientcertificates"' $k --kubeconfig /dev/null --server "$url" --insecure-skip-tls-verify --client-certificate john.crt --client-key john.key get clientcertificates
quiet $admin create clusterrolebinding viewers --clusterrole=muster:certificate-viewer --group=developers
expect "until he is allowed" 'john' $k --kubeconfig /dev/null --server "$url" --insecure-skip-tls-verify --client-certificate john.crt --client-key john.key get clientcertificates

# Issued here, and not used yet.
quiet openssl ecparam -name prime256v1 -genkey -noout -out jane.key
ask jane jane.key /CN=jane/O=testers kube-apiserver-client 'client auth'
quiet $admin certificate approve jane
for i in $(seq 50); do $admin get csr jane -o 'jsonpath={.status.certificate}' | base64 -d >jane.crt; [ -s jane.crt ] && break; sleep 0.1; done
expect "what is issued is listed before it is used" 'jane +testers .* never +0 +good' list
equal "it works" 200 "$(use 127.0.0.1 jane)"
expect "and then it is used" 'jane +testers .* [0-9]+s ago +1 +good' list

# Taken back.
quiet "$m" revoke jane.crt --data-dir "$d" --reason lost
for i in $(seq 100); do [ "$(use 127.0.0.1 jane)" = 401 ] && break; sleep 0.1; done
equal "it is refused" 401 "$(use 127.0.0.1 jane)"
expect "and the list says so" 'jane .* revoked by revocation-' list
name=$(field jane revokedBy)
ask again jane.key /CN=someone kube-apiserver-client 'client auth'
quiet $admin certificate approve again
for i in $(seq 50); do $admin get csr again | grep -q Failed && break; sleep 0.1; done
expect "its key is not certified again" "taken back by revocation .{1,2}$name.*PublicKeyRevoked" $admin get csr again -o 'jsonpath={.status.conditions[?(@.type=="Failed")]}'
equal "there is no certificate" '' "$($admin get csr again -o 'jsonpath={.status.certificate}')"
quiet $admin create clusterrolebinding nodes --clusterrole=system:certificates.k8s.io:certificatesigningrequests:nodeclient --user=kubernetes-admin
ask node jane.key /O=system:nodes/CN=system:node:n1 kube-apiserver-client-kubelet '"client auth", "digital signature"'
for i in $(seq 50); do $admin get csr node | grep -Eq 'Failed|Approved' && break; sleep 0.1; done
equal "nor approved by itself" 'Failed PublicKeyRevoked' "$($admin get csr node -o 'jsonpath={.status.conditions[*].type} {.status.conditions[*].reason}')"

# A restart forgets nothing.
kill $watch 2>/dev/null
wait $watch 2>/dev/null
sleep 0.2
before=$(list --user john -o json | jq -S 'del(.items[].metadata)')
kill "$server"
wait "$server" 2>/dev/null
start_server apiserver "$d" "$port" --client-ca-file my-ca.crt
equal "the same after a restart" "$before" "$(list --user john -o json | jq -S 'del(.items[].metadata)')"
last=$(field john lastUsed)
[ "$last" \> "$first" ] && echo "ok a watch is a use as long as it goes on" || fail "last used" "before the watch $first, after it $last"

refused "a wrong form" 'wide\|json' list -o yaml
refused "an unknown flag" 'unknown flag' list --frob
refused "no server" 'no server has served' "$m" certificates --data-dir "$TMPDIR/none"
done_testing
