#!/usr/bin/env bash
# Starts ./muster up in a fresh home and executes README's tour line by line.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/jdk.sh"
home=$1
mkdir -p "$home"
export HOME=$home MUSTER=$root
unset XDG_DATA_HOME KUBECONFIG
"$root/muster" up >"$home/up.log" 2>"$home/up.err" &
up=$!
trap 'kill $up 2>/dev/null || true; wait $up 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  grep -q 'Muster is up' "$home/up.log" && break
  kill -0 $up 2>/dev/null || { cat "$home/up.log" "$home/up.err"; exit 1; }
  sleep 0.2
done
sleep 0.2
cd "$root"
"$JAVA_HOME/bin/java" it/src/test/java/dev/muster/it/Tour.java README.md "$home/up.log"
