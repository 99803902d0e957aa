# Sourced after it/lib.sh: one server after the other on the same data, asked with tokens.
k=$(all_kubectls | tail -1)
port=$(free_port)
d=$TMPDIR/data
url=https://127.0.0.1:$port
admin="$k --kubeconfig $d/admin.kubeconfig"
export MUSTER_NO_BUILD=1

quiet() { "$@" >/dev/null 2>&1; }
now() { date +%s%3N; }
why() { "$MUSTER/muster" why --data-dir "$d" "$@"; }
verbose() { $admin get --raw '/readyz?verbose'; }
metrics() { $admin get --raw /metrics; }

# muster_with FLAGS...   the server anew with these; its log begins anew, $d.all.log has all of them
muster_with() {
  muster_end
  start_server apiserver "$d" "$port" "$@"
  muster=$server
  sed -n 's/.*certificate-authority-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >"$TMPDIR/server-ca.crt"
}
muster_end() {
  [ -z "${muster:-}" ] || { keep_outputs; kill "$muster"; wait "$muster" 2>/dev/null; }
  muster=
  [ ! -f "$d.log" ] || cat "$d.log" >>"$d.all.log"
  : >"$d.log"
  register_output "$d.all.log"
}

# as TOKEN COMMAND...   kubectl with this token and nothing else
as() {
  local token=$1
  shift
  "${kubectl:-$k}" --server="$url" --certificate-authority="$TMPDIR/server-ca.crt" --kubeconfig=/dev/null --token="$token" "$@"
}
# status TOKEN   the HTTP status that it gets
status() {
  curl -s --cacert "$TMPDIR/server-ca.crt" -H "Authorization: Bearer $1" -o /dev/null -w '%{http_code}' "$url/apis/authentication.k8s.io/v1"
}
# becomes CODE TOKEN MILLISECONDS WHAT   no request that begins later than that gets another answer. A busy machine only makes the
# figure worse: what counts is when a request that was answered otherwise began.
becomes() {
  local begun at wrong=-1
  begun=$(now)
  while :; do
    at=$(($(now) - begun))
    [ "$(status "$2")" = "$1" ] && break
    wrong=$at
    if [ "$wrong" -gt "$3" ]; then
      fail "$4" "after $wrong ms still not $1"
      return
    fi
    sleep 0.05
  done
  echo "figure: $4: $at ms"
}
# refusal_of TOKEN   what muster why says of a refusal of it
refusal_of() {
  local id
  id=$(as "$1" get nodes 2>&1 | sed -n 's/.*refused (id \([a-z0-9]*\)).*/\1/p' | head -1)
  why "$id"
}
