# Sourced after it/lib.sh: a real Keycloak with TLS, its people at its login page, and its administrator. CONTRIBUTING.md says more.
. "$MUSTER/scripts/jdk.sh"
. "$MUSTER/it/keycloak/java.sh"
keycloak_dir=$TMPDIR/keycloak
keycloak_ca=$keycloak_dir/ca.crt
keycloak_redirect=http://localhost:8000

# tls_authority NAME   NAME.key and NAME.crt, a CA        tls_server CA NAME SAN   NAME.key and NAME.crt, issued by it
tls_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.crt" \
    -subj "/CN=$(basename "$1")" -days 30 2>/dev/null
}
tls_server() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$2.key" -out "$2.csr" -subj /CN=localhost 2>/dev/null &&
    openssl x509 -req -in "$2.csr" -CA "$1.crt" -CAkey "$1.key" -CAcreateserial -out "$2.crt" -days 30 \
      -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$3") 2>/dev/null
}

# keycloak_init   gets everything ready but starts nothing; sets $keycloak_url
keycloak_init() {
  local prepared dist data
  prepared=$("$MUSTER/it/keycloak/prepare.sh") || { echo "FAIL: no Keycloak"; exit 1; }
  read -r dist data <<<"$prepared"
  keycloak_home "$dist" "$keycloak_dir"
  cp -r "$data/." "$keycloak_dir/data"
  tls_authority "$keycloak_dir/ca"
  tls_server "$keycloak_dir/ca" "$keycloak_dir/tls" DNS:localhost,IP:127.0.0.1
  keycloak_port=$(free_port)
  keycloak_url=https://localhost:$keycloak_port
}

# keycloak_start   on the same port and data as before it was stopped; returns when it serves the realm; sets $keycloak_pid
keycloak_start() {
  local i started
  started=$(date +%s%3N)
  (cd "$keycloak_dir" && keycloak_java "$keycloak_dir" start --optimized --http-enabled=false --http-host=127.0.0.1 \
    --https-port="$keycloak_port" --hostname-strict=false --http-access-log-enabled=true \
    --https-certificate-file=tls.crt --https-certificate-key-file=tls.key) >>"$keycloak_dir/log" 2>&1 &
  keycloak_pid=$!
  servers+=("$keycloak_pid")
  for i in $(seq 900); do
    if curl -sf --cacert "$keycloak_ca" -o /dev/null "$keycloak_url/realms/muster/.well-known/openid-configuration"; then
      echo "figure: Keycloak ready $(($(date +%s%3N) - started)) ms after its start," \
        "$(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$keycloak_pid/status") MB resident"
      return 0
    fi
    kill -0 "$keycloak_pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "FAIL: Keycloak did not become ready; its log:"
  tail -40 "$keycloak_dir/log"
  exit 1
}

# keycloak_asked_for PATH   how often somebody has asked for a path below the realms
keycloak_asked_for() { grep -c "GET /realms/$1 " "$keycloak_dir/log"; }

keycloak_stop() {
  kill "$keycloak_pid"
  wait "$keycloak_pid" 2>/dev/null
}

# The two ends of a code flow with PKCE. keycloak_ask CLIENT REALM sets $keycloak_asked, the address that the login page is at;
# keycloak_redeem LOCATION prints the id_token for the code in the address that the browser was sent to in the end.
keycloak_ask() {
  keycloak_client=$1
  keycloak_endpoints=$keycloak_url/realms/$2/protocol/openid-connect
  keycloak_state=$(openssl rand -hex 12)
  keycloak_verifier=$(openssl rand -hex 32)
  keycloak_asked="$keycloak_endpoints/auth?response_type=code&client_id=$1&scope=openid&redirect_uri=http%3A%2F%2Flocalhost%3A8000"
  keycloak_asked+="&state=$keycloak_state&nonce=$(openssl rand -hex 12)&code_challenge_method=S256&code_challenge="
  keycloak_asked+=$(printf %s "$keycloak_verifier" | openssl dgst -sha256 -binary | basenc --base64url | tr -d =)
}
keycloak_redeem() {
  local answer
  case $1 in
    "$keycloak_redirect"*"state=$keycloak_state"*code=*) ;;
    *) echo "not let in to $keycloak_client: sent to '$1'" >&2; return 1 ;;
  esac
  answer=$(curl -s --cacert "$keycloak_ca" "$keycloak_endpoints/token" -d grant_type=authorization_code \
    -d "client_id=$keycloak_client" -d "code_verifier=$keycloak_verifier" --data-urlencode "redirect_uri=$keycloak_redirect" \
    --data-urlencode "code=$(sed 's/.*[?&]code=\([^&]*\).*/\1/' <<<"$1")")
  jq -er .id_token <<<"$answer" 2>/dev/null || { echo "no token from $keycloak_client: $answer" >&2; return 1; }
}

# keycloak_login USER PASSWORD CLIENT [REALM]   prints the id_token of a login at the login page
keycloak_login() {
  local jar page action location
  keycloak_ask "$3" "${4:-muster}"
  jar=$(mktemp)
  page=$(curl -s --cacert "$keycloak_ca" -b "$jar" -c "$jar" "$keycloak_asked")
  action=$(grep -o 'action="[^"]*login-actions/authenticate[^"]*"' <<<"$page" | head -1 | sed 's/^action="//; s/"$//; s/&amp;/\&/g')
  [ -n "$action" ] || { echo "no login form for $3: $(head -c 300 <<<"$page")" >&2; rm -f "$jar"; return 1; }
  location=$(curl -s --cacert "$keycloak_ca" -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' "$action" \
    --data-urlencode "username=$1" --data-urlencode "password=$2" -d credentialId=)
  rm -f "$jar"
  keycloak_redeem "$location"
}

# claims TOKEN [JQ]   what a token says, unverified       token_header TOKEN [JQ]   and its header
claims() { jq -rR 'split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson' <<<"$1" | jq -cr "${2:-.}"; }
token_header() { jq -rR 'split(".")[0] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson' <<<"$1" | jq -cr "${2:-.}"; }

# keycloak_admin METHOD PATH [JSON]   asks the admin API as its administrator; PATH begins after /admin/realms
keycloak_admin() {
  local token
  token=$(curl -s --cacert "$keycloak_ca" "$keycloak_url/realms/master/protocol/openid-connect/token" \
    -d grant_type=client_credentials -d client_id=rig -d client_secret=rig-secret | jq -er .access_token) || return 1
  curl -sS --fail-with-body --cacert "$keycloak_ca" -X "$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    ${3:+-d "$3"} "$keycloak_url/admin/realms/$2"
}

# keycloak_new_key REALM NAME PRIORITY   a new RSA key, which signs when its priority is the highest
keycloak_new_key() {
  keycloak_admin POST "$1/components" "$(jq -nc --arg name "$2" --arg priority "$3" --arg realm "$(keycloak_admin GET "$1" | jq -r .id)" \
    '{name: $name, parentId: $realm, providerId: "rsa-generated", providerType: "org.keycloak.keys.KeyProvider",
      config: {priority: [$priority], enabled: ["true"], active: ["true"], algorithm: ["RS256"], keySize: ["2048"]}}')"
}

# keycloak_drop_key REALM KID   the key is gone: from Keycloak, and from what it publishes
keycloak_drop_key() {
  local provider
  provider=$(keycloak_admin GET "$1/keys" | jq -er --arg kid "$2" '.keys[] | select(.kid == $kid) | .providerId') &&
    keycloak_admin DELETE "$1/components/$provider"
}
