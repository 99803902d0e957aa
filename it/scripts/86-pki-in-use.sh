#!/usr/bin/env bash
# Certificates of the small authority with those they are for: nginx as a server that asks for client certificates, curl, openssl, and
# Chromium with the authority among those it trusts. And what people do by hand with openssl, by it and by ours, side by side.
. "$MUSTER/it/lib.sh"
cd "$TMPDIR" || exit 1
p=$TMPDIR/pki
pki() { "$MUSTER/muster" pki "$@" --dir "$p"; }
quiet() { "$@" >/dev/null 2>&1; }

quiet pki init --name 'Example CA'
quiet pki issue server localhost --san 127.0.0.1,idp.example.com
quiet pki issue client john --group developers
quiet "$MUSTER/muster" pki init --dir other --name 'Another CA'
quiet "$MUSTER/muster" pki issue client eve --dir other

port=$(free_port)
mkdir -p www logs
echo '<html><body>the page of the identity provider</body></html>' >www/index.html
cat >nginx.conf <<N
daemon off; pid $TMPDIR/nginx.pid; error_log $TMPDIR/logs/error.log; worker_processes 1;
$([ "$(id -u)" = 0 ] && echo 'user root;')
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path $TMPDIR/logs; proxy_temp_path $TMPDIR/logs; fastcgi_temp_path $TMPDIR/logs; uwsgi_temp_path $TMPDIR/logs; scgi_temp_path $TMPDIR/logs;
  server {
    listen 127.0.0.1:$port ssl;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate $p/localhost.crt; ssl_certificate_key $p/localhost.key;
    ssl_client_certificate $p/ca.crt; ssl_verify_client optional;
    location / { root $TMPDIR/www; add_header X-Verified \$ssl_client_verify; add_header X-Subject \$ssl_client_s_dn; }
    location /private { return 200 "\$ssl_client_verify \$ssl_client_s_dn \$ssl_client_serial\n"; }
  }
}
N
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -c "$TMPDIR/nginx.conf" -e "$TMPDIR/logs/error.log" 2>nginx.err &
servers+=($!)
nginx_pid=$!
for i in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
url=https://localhost:$port

expect "curl opens the page" 'identity provider' curl -sS --cacert "$p/ca.crt" "$url/"
expect "by address too" 'identity provider' curl -sS --cacert "$p/ca.crt" "https://127.0.0.1:$port/"
expect "and by its other name" 'identity provider' curl -sS --cacert "$p/ca.crt" --resolve "idp.example.com:$port:127.0.0.1" "https://idp.example.com:$port/"
refused "not by a name that is not in it" 'no alternative certificate subject name|SSL: no alternative' curl -sS --cacert "$p/ca.crt" --resolve "evil.example.com:$port:127.0.0.1" "https://evil.example.com:$port/"
refused "not without the authority" 'unable to get local issuer|self.signed' curl -sS "$url/"
serial=$(openssl x509 -noout -serial -in "$p/john.crt" | cut -d= -f2)
expect "nginx knows john by his certificate" "^SUCCESS CN=john,O=developers $serial|^SUCCESS O=developers,CN=john $serial" curl -sS --cacert "$p/ca.crt" --cert "$p/john.crt" --key "$p/john.key" "$url/private"
expect "nobody without one" '^NONE' curl -sS --cacert "$p/ca.crt" "$url/private"
expect "and nobody of another authority" '400|FAILED' curl -sS --cacert "$p/ca.crt" --cert other/eve.crt --key other/eve.key "$url/private"
for version in tls1_2 tls1_3; do
  expect "openssl s_client, $version" 'Verify return code: 0 \(ok\)' sh -c "openssl s_client -connect 127.0.0.1:$port -servername localhost -verify_hostname localhost -CAfile '$p/ca.crt' -$version -cert '$p/john.crt' -key '$p/john.key' </dev/null 2>&1"
done

# Renewed while nginx runs.
before=$(openssl x509 -noout -serial -in "$p/localhost.crt")
expect "renewal" 'renewed' pki renew localhost
kill -HUP $nginx_pid
served() { openssl s_client -connect "127.0.0.1:$port" </dev/null 2>/dev/null | openssl x509 -noout -serial; }
for i in $(seq 50); do [ "$(served)" != "$before" ] && break; sleep 0.1; done
equal "nginx serves the renewed one" "$(openssl x509 -noout -serial -in "$p/localhost.crt")" "$(served)"
expect "curl opens the page still" 'identity provider' curl -sS --cacert "$p/ca.crt" "$url/"
quiet pki renew john
expect "john's renewed one is known" '^SUCCESS' curl -sS --cacert "$p/ca.crt" --cert "$p/john.crt" --key "$p/john.key" "$url/private"

# A browser. Its trust store is in its home, which is this script's own.
browse() { # CA or nothing; prints the page
  local home=$TMPDIR/browser$RANDOM
  mkdir -p "$home/.pki/nssdb"
  certutil -d "sql:$home/.pki/nssdb" -N --empty-password
  [ -z "$1" ] || certutil -d "sql:$home/.pki/nssdb" -A -t C,, -n ca -i "$1"
  HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data timeout 60 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --no-first-run --disable-background-networking --user-data-dir="$home/profile" --virtual-time-budget=2000 --dump-dom "$url/" 2>"$home.log"
}
expect "Chromium opens the page" 'the page of the identity provider' browse "$p/ca.crt"
page=$(browse '')
grep -q 'the page of the identity provider' <<<"$page" && fail "Chromium without the authority" "$page" || echo "ok and not without the authority"

# By hand, as many guides tell it: an authority, a key and a request by openssl, signed by it; by ours the same chain holds.
quiet openssl req -x509 -newkey rsa:2048 -nodes -keyout hand-ca.key -subj '/CN=kube-ca' -days 10 -out hand-ca.pem
quiet openssl req -newkey rsa:2048 -nodes -keyout hand.key -subj '/CN=idp.example.com' -addext 'subjectAltName=DNS:idp.example.com' -out hand.csr
quiet openssl x509 -req -in hand.csr -CA hand-ca.pem -CAkey hand-ca.key -CAcreateserial -days 5 -copy_extensions copy -out hand.crt
for pair in "hand-ca.pem hand.crt" "$p/ca.crt $p/localhost.crt"; do
  set -- $pair
  expect "openssl verifies $(basename "$2")" OK openssl verify -purpose sslserver -verify_hostname idp.example.com -CAfile "$1" "$2"
done
expect "ours is an authority, and its leaves are none" 'CA:TRUE' openssl x509 -noout -ext basicConstraints -in "$p/ca.crt"
expect "a leaf is none" "CA:FALSE" openssl x509 -noout -ext basicConstraints -in "$p/localhost.crt"
done_testing
