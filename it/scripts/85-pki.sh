#!/usr/bin/env bash
# A small authority for those who have none: what openssl, curl, nginx (where there is one) and our own server say of its certificates.
. "$MUSTER/it/lib.sh"
m=$MUSTER/muster
p=$TMPDIR/pki
pki() { "$m" pki "$@"; }

expect "a new authority" 'ca.crt' pki init --dir "$p" --name 'Example CA'
equal "its key is its owner's alone" 600 "$(stat -c %a "$p/ca.key")"
before=$(sha256sum "$p/ca.key" "$p/ca.crt")
refused "a second one" 'not overwritten' pki init --dir "$p"
equal "has changed nothing" "$before" "$(sha256sum "$p/ca.key" "$p/ca.crt")"
expect "it is an authority" 'CA:TRUE' openssl x509 -noout -text -in "$p/ca.crt"

expect "a server's certificate" 'good until' pki issue server localhost --dir "$p" --san 127.0.0.1,::1,web.example.com
expect "a client's certificate" 'good until' pki issue client john --dir "$p" --group developers --group admins
for name in localhost john; do equal "$name.key is its owner's alone" 600 "$(stat -c %a "$p/$name.key")"; done
expect "openssl takes the server for one" OK openssl verify -x509_strict -purpose sslserver -verify_hostname web.example.com -CAfile "$p/ca.crt" "$p/localhost.crt"
expect "and by its address" OK openssl verify -x509_strict -purpose sslserver -verify_ip ::1 -CAfile "$p/ca.crt" "$p/localhost.crt"
refused "but not as a client" 'unsuitable|unsupported' openssl verify -purpose sslclient -CAfile "$p/ca.crt" "$p/localhost.crt"
expect "and the client for one" OK openssl verify -x509_strict -purpose sslclient -CAfile "$p/ca.crt" "$p/john.crt"
refused "but not as a server" 'unsuitable|unsupported' openssl verify -purpose sslserver -CAfile "$p/ca.crt" "$p/john.crt"
refused "another of that name" 'not overwritten' pki issue client john --dir "$p"

serial=$(openssl x509 -noout -serial -in "$p/john.crt" | cut -d= -f2 | tr A-F a-f)
expect "the list says who and which" "john .*client .*good .*$serial .*CN=john" pki list --dir "$p"
expect "and under which names" 'localhost .*server .*web.example.com' pki list --dir "$p"
expect "renewal" 'renewed' pki renew john --dir "$p"
equal "keeps what it replaces" "$serial" "$(openssl x509 -noout -serial -in "$p/old/john-$serial.crt" | cut -d= -f2 | tr A-F a-f)"
refused "and has another serial number" "" grep -qi "$serial" <(openssl x509 -noout -serial -in "$p/john.crt")
equal "the same owner" "subject=O = developers, O = admins, CN = john" "$(openssl x509 -noout -subject -nameopt oneline -in "$p/john.crt")"
equal "a key that is the certificate's" "$(openssl x509 -noout -pubkey -in "$p/john.crt")" "$(openssl pkey -pubout -in "$p/john.key")"
equal "of its owner alone" 600 "$(stat -c %a "$p/john.key")"
expect "a server's, renewed" 'renewed' pki renew localhost --dir "$p"
expect "has its names still" OK openssl verify -verify_hostname web.example.com -verify_ip 127.0.0.1 -CAfile "$p/ca.crt" "$p/localhost.crt"

# Bad input.
refused "a name that leaves the folder" '--file' pki issue client ../../etc/x --dir "$p"
refused "the authority's own name" '--file' pki issue client ca --dir "$p"
refused "an address that is none" '--san.*999' pki issue server web --dir "$p" --san 999.1.1.1
refused "a name that is none" '--san' pki issue server web --dir "$p" --san 'a b'
refused "system:masters" 'no policy can restrain' pki issue client root --dir "$p" --group system:masters
refused "a server in groups" 'is for clients' pki issue server web --dir "$p" --group x
refused "no authority" 'there is no authority' pki issue client x --dir "$TMPDIR/none"
refused "renewing nobody" 'no such certificate' pki renew nobody --dir "$p"
refused "an unknown verb" 'there is no "frob"' pki frob

# Our own server takes them, both sides.
port=$(free_port)
d=$TMPDIR/d
start_server apiserver "$d" "$port" --tls-cert-file "$p/localhost.crt" --tls-private-key-file "$p/localhost.key" --client-ca-file "$p/ca.crt"
expect "whoami through it" '"username": *"john"' curl -s --cacert "$p/ca.crt" --cert "$p/john.crt" --key "$p/john.key" \
  -H 'Content-Type: application/json' -d '{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}' \
  "https://localhost:$port/apis/authentication.k8s.io/v1/selfsubjectreviews"
done_testing
