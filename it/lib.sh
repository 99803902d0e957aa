# Sourced by it/scripts/*.sh: starting servers, running kubectl, expecting things.
# MUSTER is the project's root; HOME and TMPDIR are the script's own.
set -uo pipefail
failures=0
servers=()

# What it/canary.sh reads when all scripts have run: the secrets they used, and the files in which none of them may be.
CANARY=${CANARY:-$TMPDIR/.canary}
mkdir -p "$CANARY"
chmod 700 "$CANARY"
served=()

# register_secret LABEL VALUE   registers a secret of the test; it must not be found in any output. Short ones are not looked for.
register_secret() {
  [ ${#2} -ge 8 ] && printf '%s\t%s\n' "$1" "$2" >>"$CANARY/secrets"
  return 0
}

# register_output FILE...   registers files that the product has written and that more people read than may read secrets
register_output() { printf '%s\n' "$@" >>"$CANARY/outputs"; }

# Lines of a private key of which each holds some of what is private: an elliptic key has it at the beginning and its public half at
# the end; an RSA key begins with its modulus, which every certificate shows.
private_lines() {
  local first=2
  ! grep -q 'BEGIN EC PRIVATE' "$1" 2>/dev/null || first=1
  sed -n '/PRIVATE KEY/,/END/p' "$1" 2>/dev/null | grep -E '^[A-Za-z0-9+/=]{40,}$' |
    awk -v first=$first '{ line[NR] = $0 } END { if (NR < 10) { for (i = 1; i <= first && i <= NR; i++) print line[i] } else for (i = NR - 3; i < NR; i++) print line[i] }'
}

# Secrets that are found by where they lie: keys, token files, kubeconfigs, sealing keys, bootstrap tokens.
pick_up_secrets() { # DATA_DIR
  local file line
  while IFS= read -r file; do
    while IFS= read -r line; do register_secret "private key ${file##*/}" "$line"; done \
      < <(private_lines "$file")
  done < <(find "$1" "$TMPDIR" -name '*.key' -type f 2>/dev/null | sort -u)
  while IFS= read -r file; do
    while IFS= read -r line; do register_secret "static token of ${file##*/}" "$line"; done < <(grep -E '^[^,]+,[^,]+,' "$file" | cut -d, -f1 | tr -d '"')
  done < <(find "$1" "$TMPDIR" -name 'tokens*.csv' -type f 2>/dev/null | sort -u)
  while IFS= read -r file; do
    while IFS= read -r line; do register_secret "credential in ${file##*/}" "$line"; done \
      < <(sed -nE 's/^ *"?(token|client-key-data|password)"?: *"?([^"]+)"?$/\2/p' "$file")
  done < <(find "$1" "$TMPDIR" -name '*.kubeconfig' -type f 2>/dev/null | sort -u)
  [ -f "$1/encryption-config.yaml" ] &&
    while IFS= read -r line; do register_secret "sealing key" "$line"; done < <(sed -nE 's/^ *-? *secret: *"?([A-Za-z0-9+/=]+)"?$/\1/p' "$1/encryption-config.yaml")
  [ -d "$1/bootstrap-tokens" ] &&
    while IFS= read -r line; do register_secret "bootstrap token" "$line"; done < <(grep -rhoE '\b[a-z0-9]{6}\.[a-z0-9]{16}\b' "$1/bootstrap-tokens")
  return 0
}

# What a server shows about itself, and what lies in its store.
keep_outputs() {
  local one dir port path name
  for one in "${served[@]:-}"; do
    [ -n "$one" ] || continue
    dir=${one%%|*} port=${one##*|}
    pick_up_secrets "$dir"
    curl -sk -m 5 -o /dev/null "https://127.0.0.1:$port/readyz" 2>/dev/null && for path in /metrics '/readyz?verbose' /apis/identity.muster.dev/v1alpha1/refusals; do
      name=$CANARY/$(basename "$0" .sh)-${dir##*/}-$port$(tr -c 'a-z0-9\n' - <<<"$path")
      timeout 10 kubectl --kubeconfig "$dir/admin.kubeconfig" --server "https://127.0.0.1:$port" --insecure-skip-tls-verify=false \
        get --raw "$path" >"$name" 2>/dev/null || true
      register_output "$name"
    done
    register_output "$dir.log" "$dir"/audit/audit*.log* "$dir"/audit*.log* "$dir"/store/* "$dir/break-glass.log" "$dir/running.json"
  done
}

end_servers() {
  local pid
  keep_outputs
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
  case " ${served[*]:-} " in *" $dir|$port "*) ;; *) served+=("$dir|$port") ;; esac
  case "$*" in *--encryption-provider-config*) echo "$dir" >>"$CANARY/unsealed" ;; esac
  for i in $(seq 300); do
    if [ "$(curl -sk -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port/readyz" 2>/dev/null)" = 200 ]; then
      tr '\0' '\n' <"/proc/$server/cmdline" >"$CANARY/cmdline-$server" 2>/dev/null && register_output "$CANARY/cmdline-$server"
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
