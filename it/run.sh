#!/usr/bin/env bash
# The program as its users meet it: every script in it/scripts, then README's tour, against ./muster itself.
# Each script gets a fresh HOME and TMP; what one leaves running is ended.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. scripts/jdk.sh
export MUSTER=$root

./muster version

work=$(mktemp -d)
export CANARY=$work/canary
passed=0 failed=0
finish() {
  pkill -P $$ 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

for script in it/scripts/[0-9]*.sh; do
  name=$(basename "$script" .sh)
  mkdir -p "$work/$name/home" "$work/$name/tmp"
  echo "-- $name"
  if env HOME="$work/$name/home" TMPDIR="$work/$name/tmp" XDG_DATA_HOME= KUBECONFIG= bash "$script" >"$work/$name/log" 2>&1; then
    passed=$((passed + 1))
    grep -E '^(ok|ran|not run|figure):? ' "$work/$name/log" | sed 's/^/   /' || true
  else
    failed=$((failed + 1))
    sed 's/^/   | /' "$work/$name/log" | tail -150
    echo "   FAILED"
  fi
done

echo "-- the tour of README.md"
if it/tour.sh "$work/tour"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

echo "-- secrets in outputs"
for name in "$work"/*/log; do echo "$name" >>"$CANARY/outputs"; done
if it/canary.sh "$CANARY"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

echo "end to end: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 1 ]
