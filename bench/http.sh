#!/usr/bin/env bash
# CPU time of the server per GET over HTTP/2 and TLS, beside a bare Vert.x handler that answers the same bytes.
#
#   bench/http.sh                                   Muster's HTTP server with a handler that only answers
#   bench/http.sh --pid PID --url URL [--header 'Name: value'] [--cert FILE --key FILE]
#                                                   a server that runs: what it answers at URL is what the bare one answers
#   with --data FILE it is a POST of that JSON
#   also: --rounds N (11), --requests N per round (30000), --settle N rounds at most (24)
#
# Servers on CPU 0, load on CPU 1, rounds in turn. First rounds are run until neither server gets cheaper any more (the JIT has
# done its work). The bare handler sends the same headers too, as they once were. Prints ratios by medians and by the least of
# all rounds, and how far rounds lay apart: a ratio means nothing that is nearer to 1 than that. What is not to be used is said so.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
rounds=11 requests=30000 settle=24 pid='' url='' header='' cert='' key='' data=''
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;; --requests) requests=$2 ;; --settle) settle=$2 ;; --pid) pid=$2 ;; --url) url=$2 ;;
    --header) header=$2 ;; --data) data=$2 ;; --cert) cert=$2 ;; --key) key=$2 ;;
    *) sed -n '2,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift 2
done
bench_need h2load nghttp2-client
bench_need taskset util-linux
bench_build
bench_key
body=$bench_work/body

if [ -n "$pid" ]; then
  ask=(curl -skf "$url")
  [ -z "$header" ] || ask+=(-H "$header")
  [ -z "$data" ] || ask+=(--data-binary "@$data" -H 'content-type: application/json')
  [ -z "$cert" ] || ask+=(--cert "$cert" --key "$key")
  "${ask[@]}" -H 'accept: application/json' -A h2load -D "$bench_work/head" -o "$body" || { echo "cannot GET $url" >&2; exit 1; }
  bench_headers=$bench_work/headers
  tr -d '\r' <"$bench_work/head" | grep ': ' | grep -vi '^content-length:' >"$bench_headers"
  taskset -acp 0 "$pid" >/dev/null
  name="PID $pid"
else
  head -c 1500 /dev/zero | tr '\0' x >"$body"
  port=$(bench_port)
  bench_serve muster "$port" "$body"
  pid=$bench_pid
  url=https://127.0.0.1:$port/api/v1/namespaces/default/configmaps/one
  bench_wait "$pid" "$url"
  name=muster
fi
bare_port=$(bench_port)
bench_serve bare "$bare_port" "$body"
bare_pid=$bench_pid
bare_url=https://127.0.0.1:$bare_port/$(echo "$url" | cut -d/ -f4-)
bench_wait "$bare_pid" "$bare_url"

if [ -n "$cert" ]; then
  coproc LOAD { exec taskset -c 1 "$JAVA_HOME/bin/java" "${bench_options[@]}" -cp "$bench_classpath" dev.muster.bench.http.Load "$cert" "$key"; }
fi

load() { # URL REQUESTS
  if [ -n "$cert" ]; then
    local answer
    echo "$2 $1" >&"${LOAD[1]}"
    read -r answer <&"${LOAD[0]}"
    [ "$answer" = ok ] || { echo "$answer: $1" >&2; exit 1; }
  else
    local said
    said=$(taskset -c 1 h2load -n "$2" -c 4 -m 32 ${header:+-H "$header"} ${data:+-d "$data" -H 'content-type: application/json'} "$1")
    grep -q "status codes: $2 2xx" <<<"$said" || { echo "not every answer was 2xx: $said" >&2; exit 1; }
  fi
}

round() { # PID URL: microseconds per request
  local before
  before=$(bench_cpu_us "$1")
  load "$2" "$requests"
  awk -v us="$(($(bench_cpu_us "$1") - before))" -v n="$requests" 'BEGIN { printf "%.2f\n", us / n }'
}

settled() { # FILE: have the last five rounds brought nothing cheaper (by more than 5 %) than those before?
  awk '{ v[NR] = $1 } END { for (i = 1; i <= NR; i++) { if (i <= NR - 5) { if (!old || v[i] < old) old = v[i] } else if (!new || v[i] < new) new = v[i] }
    exit !(NR >= 10 && new >= old * 0.95) }' "$1"
}

echo "body $(wc -c <"$body") bytes, $requests requests a round"
for i in $(seq "$settle"); do
  round "$bare_pid" "$bare_url" >>"$bench_work/bare.warm"
  round "$pid" "$url" >>"$bench_work/tested.warm"
  if settled "$bench_work/bare.warm" && settled "$bench_work/tested.warm"; then break; fi
done
echo "  settling, bare:  $(xargs <"$bench_work/bare.warm")"
echo "  settling, $name: $(xargs <"$bench_work/tested.warm")"
state=''
settled "$bench_work/bare.warm" && settled "$bench_work/tested.warm" || state=' (NOT SETTLED: do not use; more --settle)'
for i in $(seq "$rounds"); do
  round "$bare_pid" "$bare_url" >>"$bench_work/bare.us"
  round "$pid" "$url" >>"$bench_work/tested.us"
done
echo "  measured, bare:  $(xargs <"$bench_work/bare.us")"
echo "  measured, $name: $(xargs <"$bench_work/tested.us")"
spread() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.2f", v[NR] / v[1] }'; }
least() { sort -n "$1" | head -1; }
echo "most/least of the rounds: bare $(spread "$bench_work/bare.us"), $name $(spread "$bench_work/tested.us")"
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
bare=$(bench_median <"$bench_work/bare.us") tested=$(bench_median <"$bench_work/tested.us")
echo "server CPU per request, median: bare $bare us, $name $tested us, ratio $(ratio "$tested" "$bare")$state"
bare=$(least "$bench_work/bare.us") tested=$(least "$bench_work/tested.us")
echo "server CPU per request, least:  bare $bare us, $name $tested us, ratio $(ratio "$tested" "$bare")$state"
