#!/usr/bin/env bash
# From start to the first answer, and memory at rest: an empty Vert.x TLS server, with and without an AOT cache, and any command.
#
#   bench/start.sh [--rounds N (5)] [--url URL -- COMMAND ARGUMENT...]
#
# The command must stay in the foreground (exec java) and answer at URL when it is ready. Not pinned: all cores.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
rounds=5 url=''
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --url) url=$2; shift 2 ;;
    --) shift; break ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done
bench_build
bench_key
bench_cpu=0-$(($(nproc) - 1))
echo '{}' >"$bench_work/body"

measure() { # NAME URL, then waits for $bench_pid; began is set
  bench_wait "$bench_pid" "$2"
  local ready=$(($(date +%s%3N) - began))
  sleep 3
  local rss
  rss=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$bench_pid/status")
  echo "$ready" >>"$bench_work/$1.ms"
  echo "$rss" >>"$bench_work/$1.mb"
  kill "$bench_pid"
  wait "$bench_pid" 2>/dev/null || true
}

empty() { # NAME [JVM OPTION...]
  local name=$1 port
  shift
  port=$(bench_port)
  began=$(date +%s%3N)
  bench_serve "${kind:-bare}" "$port" "$bench_work/body" "$@"
  measure "$name" "https://127.0.0.1:$port/"
}

empty training -XX:AOTCacheOutput="$bench_work/empty.aot"
kind=muster empty training -XX:AOTCacheOutput="$bench_work/muster.aot"
names=(empty empty-aot muster-http muster-http-aot)
for _ in $(seq "$rounds"); do
  empty empty
  empty empty-aot -XX:AOTCache="$bench_work/empty.aot"
  kind=muster empty muster-http
  kind=muster empty muster-http-aot -XX:AOTCache="$bench_work/muster.aot"
  if [ $# -gt 0 ]; then
    began=$(date +%s%3N)
    "$@" >"$bench_work/command.log" 2>&1 &
    bench_pid=$!
    bench_pids+=("$bench_pid")
    measure command "$url"
  fi
done
[ $# -eq 0 ] || names+=(command)
echo "| | start to first answer, ms (median of $rounds) | resident at rest, MB |"
echo "|---|---|---|"
for name in "${names[@]}"; do
  echo "| $name | $(bench_median <"$bench_work/$name.ms") | $(bench_median <"$bench_work/$name.mb") |"
done
