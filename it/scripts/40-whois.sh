#!/usr/bin/env bash
# whois: of a certificate, a kubeconfig, a token: who, which groups, until when, which authenticator would take it.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/data
port=$(free_port)
start_server up "$d" "$port"
w="$MUSTER/muster whois --data-dir $d"

expect "a kubeconfig with a certificate" 'User: +john' $w "$d/people/john.kubeconfig"
expect "its groups" 'Groups: +admins, users, system:authenticated' $w "$d/people/john.kubeconfig"
expect "until when" 'Until: +20[0-9][0-9]-' $w "$d/people/john.kubeconfig"
expect "which authenticator" 'Authenticator: +x509' $w "$d/people/john.kubeconfig"
expect "a kubeconfig with a token" 'User: +jane' $w "$d/people/jane.kubeconfig"
token=$(sed -n 's/^ *token: *//p' "$d/people/jane.kubeconfig" | tr -d '"')
expect "a token from standard input" 'User: +jane' bash -c "printf %s '$token' | $w -"
expect "a token file's authenticator" 'Authenticator: +token' $w "$d/people/jane.kubeconfig"
refused "a token nobody knows" 'nobody|refused|unknown' $w not-a-token-of-anybody
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$TMPDIR/k" -subj '/CN=eve/O=system:masters' -days 1 -out "$TMPDIR/eve.crt" 2>/dev/null
refused "a certificate of an unknown CA: who it claims to be" 'eve' $w "$TMPDIR/eve.crt"
refused "and that nobody would take it" 'unknown authority|refused|not trusted' $w "$TMPDIR/eve.crt"
expect "the administrator's" 'system:authenticated' $w "$d/admin.kubeconfig"
equal "a token is not repeated on the terminal" 0 "$($w "$d/people/jane.kubeconfig" 2>&1 | grep -c "$token")"
kill "$server"
wait "$server" 2>/dev/null
expect "works while the server is down" 'User: +john' $w "$d/people/john.kubeconfig"
refused "a file that is none of these" 'there is no file' $w /no/such/file.pem
done_testing
