# Sourced by it/scripts/*.sh: starting servers, running kubectl, expecting things.
# MUSTER is the project's root; HOME and TMPDIR are the script's own.
set -uo pipefail
failures=0
servers=()

end_servers() {
  local pid
  for pid in "${servers[@]:-}"; do
    [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null
  done
  wait 2>/dev/null
}
trap end_servers EXIT

fail() {
  failures=$((failures + 1))
  echo "FAIL: $1"
  shift
  printf '%s\n' "$@" | sed 's/^/    /' | head -40
}

# expect WHAT PATTERN COMMAND...   succeeds, and prints something that the extended regular expression matches
expect() {
  local what=$1 pattern=$2 out status
  shift 2
  out=$("$@" 2>&1)
  status=$?
  if [ $status -ne 0 ]; then
    fail "$what: status $status" "command: $*" "$out"
  elif ! grep -Eq -- "$pattern" <<<"$out"; then
    fail "$what: no /$pattern/" "command: $*" "$out"
  else
    echo "ok $what"
  fi
}

# refused WHAT PATTERN COMMAND...   fails, and says why
refused() {
  local what=$1 pattern=$2 out status
  shift 2
  out=$("$@" 2>&1)
  status=$?
  if [ $status -eq 0 ]; then
    fail "$what: was not refused" "command: $*" "$out"
  elif ! grep -Eq -- "$pattern" <<<"$out"; then
    fail "$what: no /$pattern/" "command: $*" "$out"
  else
    echo "ok $what"
  fi
}

# equal WHAT EXPECTED ACTUAL
equal() {
  if [ "$2" = "$3" ]; then echo "ok $1"; else fail "$1" "expected: $2" "actual:   $3"; fi
}

free_port() {
  local port
  while :; do
    # Below those that the kernel gives to outgoing connections: one of them may be in use at the wrong moment.
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# start_server COMMAND DATA_DIR PORT FLAGS...   sets $server to the pid; returns when /readyz answers 200
start_server() {
  local command=$1 dir=$2 port=$3 i
  shift 3
  # Background processes of a script ignore SIGINT unless told otherwise.
  env --default-signal=INT "$MUSTER/muster" "$command" --data-dir "$dir" --secure-port "$port" "$@" >>"$dir.log" 2>&1 &
  server=$!
  servers+=("$server")
  for i in $(seq 300); do
    if [ "$(curl -sk -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port/readyz" 2>/dev/null)" = 200 ]; then
      return 0
    fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  echo "the server did not become ready; its log:"
  cat "$dir.log"
  exit 1
}

# Every kubectl on this machine: those on the PATH and those that lie beside where they really live. Versions, one path each.
all_kubectls() {
  local found folder name
  for found in $(type -ap kubectl); do
    for folder in "$(dirname "$found")" "$(dirname "$(readlink -f "$found")")"; do
      for name in "$folder"/kubectl "$folder"/kubectl.[0-9]* "$folder"/kubectl-[0-9]*; do
        [ -x "$name" ] && readlink -f "$name"
      done
    done
  done | sort -u -V
}

kubectl_version() {
  "$1" version --client -o json 2>/dev/null | sed -n 's/.*"gitVersion": *"\(v[0-9.]*\).*/\1/p' | head -1
}

done_testing() {
  if [ "$failures" -gt 0 ]; then
    echo "$failures failed"
    exit 1
  fi
}
