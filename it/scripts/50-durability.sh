#!/usr/bin/env bash
# Ctrl-C, kill -9, start again: everything acknowledged is there; a second process on the same folder is told so.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/data
port=$(free_port)
k=$(all_kubectls | tail -1)
start_server up "$d" "$port"
admin="$k --kubeconfig $d/admin.kubeconfig"

refused "a second process on the same data directory" 'in use by process' \
  "$MUSTER/muster" apiserver --data-dir "$d" --secure-port "$(free_port)"

sed -n 's/.*client-certificate-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >"$TMPDIR/a.crt"
sed -n 's/.*client-key-data: *//p' "$d/admin.kubeconfig" | tr -d '"' | base64 -d >"$TMPDIR/a.key"

for round in 1 2 3; do
  : >"$TMPDIR/acknowledged"
  (
    for i in $(seq 400); do
      curl -sk --cert "$TMPDIR/a.crt" --key "$TMPDIR/a.key" -o /dev/null -w '%{http_code}' \
        -H 'Content-Type: application/json' -d '{"metadata":{"name":"r'$round'-'$i'"},"data":{"k":"v"}}' \
        "https://127.0.0.1:$port/api/v1/namespaces/default/configmaps" 2>/dev/null | grep -q 201 && echo "r$round-$i" >>"$TMPDIR/acknowledged"
    done
  ) &
  writer=$!
  sleep 2
  kill -9 "$server"
  wait "$server" 2>/dev/null
  kill "$writer" 2>/dev/null
  wait "$writer" 2>/dev/null
  start_server up "$d" "$port"
  $admin get configmaps -o name | sed 's,configmap/,,' | sort >"$TMPDIR/there"
  sort "$TMPDIR/acknowledged" >"$TMPDIR/expected"
  n=$(wc -l <"$TMPDIR/expected")
  if [ "$n" -lt 5 ]; then fail "round $round acknowledged only $n writes"; fi
  equal "round $round: all $n acknowledged writes survived kill -9" "" "$(comm -23 "$TMPDIR/expected" "$TMPDIR/there")"
done

kill -INT "$server"
wait "$server" 2>/dev/null
start_server up "$d" "$port"
equal "and Ctrl-C" "" "$(comm -23 "$TMPDIR/expected" <($admin get configmaps -o name | sed 's,configmap/,,' | sort))"
expect "the same people and policies are there" 'node-1' "$k" --kubeconfig "$d/people/john.kubeconfig" get nodes
$admin delete node node-1 >/dev/null
kill -INT "$server"
wait "$server" 2>/dev/null
start_server up "$d" "$port"
equal "what was deleted stays deleted" "" "$($admin get nodes -o name 2>/dev/null)"
done_testing
