#!/usr/bin/env bash
# What goes wrong around a server: it says so in a sentence, changes nothing, and is well afterwards.
. "$MUSTER/it/lib.sh"
d=$TMPDIR/data
port=$(free_port)
other=$(free_port)
k=$(all_kubectls | tail -1)
serve() { timeout 30 "$MUSTER/muster" apiserver --secure-port "$other" --data-dir "$@" </dev/null; }

umask 000
start_server up "$d" "$port"
umask 022
admin="$k --kubeconfig $d/admin.kubeconfig"
expect "a secret is made" created $admin create secret generic s --from-literal=password=a-value-to-look-for
equal "nothing in the data directory is open to others, whatever the umask" "" "$(find "$d" -perm /077 ! -type l)"
refused "a taken port" "cannot listen on 127.0.0.1:$port: Address already in use" \
  timeout 30 "$MUSTER/muster" apiserver --data-dir "$TMPDIR/second" --secure-port "$port"

kill -TERM "$server"
wait "$server"
equal "SIGTERM ends it with status 0" 0 $?
equal "neither secrets nor tokens nor keys are logged" "" \
  "$(grep -cF -e a-value-to-look-for -e 'PRIVATE KEY' -e "$(cut -d, -f1 "$d/people/tokens.csv")" "$d.log" | grep -v '^0$')"
equal "secret values are sealed at rest" "" \
  "$(grep -lF -e a-value-to-look-for -e "$(printf a-value-to-look-for | base64)" -r "$d/store")"

: >"$TMPDIR/file"
refused "a file in the place of the data directory" 'file is in the way: it is no folder' serve "$TMPDIR/file"
damaged() { rm -rf "$TMPDIR/damaged"; cp -a "$d" "$TMPDIR/damaged"; }
damaged; rm "$TMPDIR/damaged/encryption-config.yaml"
refused "a missing key of values at rest" 'is missing and the store has data: put it back' serve "$TMPDIR/damaged"
damaged; rm "$TMPDIR/damaged/pki/ca.key"
refused "half an authority" 'ca.key is missing beside its other half: restore it' serve "$TMPDIR/damaged"
damaged; : >"$TMPDIR/damaged/pki/apiserver.key"
refused "an empty serving key" 'no private key in it: restore them, or move both away' serve "$TMPDIR/damaged"
damaged; chmod 777 "$TMPDIR/damaged/pki"
refused "keys that anybody could replace" 'can be written by others, .*: chmod 700' serve "$TMPDIR/damaged"
damaged; head -c 100000 /dev/urandom >"$TMPDIR/damaged/store/muster.db"
refused "a file that is no store" "is not a store of Muster's, .*restore it from a backup" serve "$TMPDIR/damaged"
damaged; dd if=/dev/urandom of="$TMPDIR/damaged/store/muster.db" bs=4096 seek=20 count=10 conv=notrunc 2>/dev/null
refused "a damaged store" 'is damaged .*restore it from a backup' serve "$TMPDIR/damaged"

spaced="$TMPDIR/a folder/with ü"
expect "a path with spaces and letters" 'serving on https' \
  bash -c 'timeout --preserve-status 15 "$0" apiserver --secure-port '"$other"' --data-dir "$1" </dev/null' "$MUSTER/muster" "$spaced"
expect "no HOME" 'serving on https' \
  env -u HOME timeout --preserve-status 15 "$MUSTER/muster" apiserver --secure-port "$other" --data-dir "$TMPDIR/homeless"

# Few descriptors, all of them taken before anybody was served.
( ulimit -n 300; exec timeout 60 "$MUSTER/muster" apiserver --data-dir "$TMPDIR/few" --secure-port "$other" ) \
  >"$TMPDIR/few.log" 2>&1 </dev/null &
few=$!
for i in $(seq 300); do grep -q 'serving on' "$TMPDIR/few.log" && break; sleep 0.1; done
(
  for i in $(seq 290); do exec {fd}<>"/dev/tcp/127.0.0.1/$other" || break; done 2>/dev/null
  sleep 2
)
sleep 1
expect "a server that was out of descriptors recovers" '^ok' curl -sk --retry 5 --retry-all-errors "https://127.0.0.1:$other/readyz"
kill -TERM "$few"
wait "$few" 2>/dev/null
done_testing
