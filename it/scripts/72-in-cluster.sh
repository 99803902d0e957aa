#!/usr/bin/env bash
# Client libraries that nobody here wrote: fabric8's as a program in a pod (what it reads, and how soon it is refused once its pod or
# account is gone), and Nimbus' as a relying party of our service account issuer. The token's renewal, and the folder where no mount
# namespace may be made.
. "$MUSTER/it/lib.sh"
. "$MUSTER/scripts/jdk.sh"
d=$TMPDIR/d
m=$MUSTER/muster
at=/var/run/secrets/kubernetes.io/serviceaccount
clients=$MUSTER/it/clients
# Maven's own folder is the user's, not this script's.
mvn -q -B -ntp -f "$clients/pom.xml" "-Dmaven.repo.local=${MAVEN_REPOSITORY:-$(getent passwd "$(id -u)" | cut -d: -f6)/.m2/repository}" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath "-Dmdep.outputFile=$TMPDIR/classpath" >"$TMPDIR/mvn.log" 2>&1 ||
  { fail "the client libraries cannot be had" "$(cat "$TMPDIR/mvn.log")"; done_testing; }
java() { "$JAVA_HOME/bin/java" -cp "$(cat "$TMPDIR/classpath")" "$@"; }

openssl ecparam -name prime256v1 -genkey -noout -out "$TMPDIR/sa.key" 2>/dev/null
port=$(free_port)
url=https://127.0.0.1:$port
start_server apiserver "$d" "$port" --service-account-issuer "$url" \
  --service-account-signing-key-file "$TMPDIR/sa.key" --service-account-key-file "$TMPDIR/sa.key"
k=$(all_kubectls | tail -1)
admin="$k --kubeconfig $d/admin.kubeconfig"
$admin create namespace team >/dev/null
$admin -n team create rolebinding robots --clusterrole view --group system:serviceaccounts:team >/dev/null
for name in one two; do
  $admin -n team create serviceaccount $name >/dev/null
  $admin -n team run $name --image=nginx --overrides="{\"spec\":{\"serviceAccountName\":\"$name\"}}" >/dev/null
done
eventually() { local i; for i in $(seq 600); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done; return 1; }

# A program in a pod. Where no mount namespace may be made, it is told the folder.
unshare --mount true 2>/dev/null && there= || there='$MUSTER_ACCOUNT_FILES'
for name in one two; do
  "$m" pod-exec --data-dir "$d" team/$name -- \
    sh -c "exec '$JAVA_HOME/bin/java' -cp '$(cat "$TMPDIR/classpath")' '$clients/InCluster.java' $there" >"$TMPDIR/$name.out" 2>&1 &
done
for name in one two; do
  eventually grep -q ready "$TMPDIR/$name.out" || fail "fabric8 in pod $name" "$(cat "$TMPDIR/$name.out")"
  expect "fabric8 in a pod is the pod's account" "whoami system:serviceaccount:team:$name" cat "$TMPDIR/$name.out"
  expect "reads what it may" 'configmaps \[kube-root-ca.crt\]' cat "$TMPDIR/$name.out"
  expect "and nothing else" 'secrets 403' cat "$TMPDIR/$name.out"
done
refused_after() { # WHAT NAME GONE_AT
  eventually grep -Eq 'refused|never|Exception' "$TMPDIR/$2.out"
  local moment
  moment=$(sed -n 's/^refused 401 //p' "$TMPDIR/$2.out")
  [ -n "$moment" ] || { fail "$1" "$(tail -5 "$TMPDIR/$2.out")"; return; }
  echo "figure: from kubectl delete returning to the first refusal, $1: $((moment - $3)) ms"
  # A second is the aim, which the figure shows; a busy machine may take longer to ask.
  [ $((moment - $3)) -lt 10000 ] && echo "ok $1: refused" || fail "$1" "$((moment - $3)) ms"
}
$admin -n team delete pod one --force --grace-period=0 >/dev/null 2>&1
refused_after "its pod deleted" one "$(date +%s%3N)"
$admin -n team delete serviceaccount two >/dev/null 2>&1
refused_after "its account deleted" two "$(date +%s%3N)"

# A relying party that knows the issuer's URL alone.
$admin create clusterrolebinding discovery --clusterrole=system:service-account-issuer-discovery --group=system:unauthenticated >/dev/null
keytool=$JAVA_HOME/bin/keytool
"$keytool" -importcert -noprompt -alias ca -file "$d/pki/ca.crt" -keystore "$TMPDIR/ca.p12" -storepass changeit >/dev/null 2>&1
verify() { java -Djavax.net.ssl.trustStore="$TMPDIR/ca.p12" -Djavax.net.ssl.trustStorePassword=changeit "$clients/VerifyToken.java" "$@"; }
token=$($admin -n team create token one --audience vault)
expect "Nimbus finds the keys and verifies a token" 'verified ES256 system:serviceaccount:team:one' verify "$url" vault "$token"
refused "not for another audience" 'BadJWTException|audience' verify "$url" other "$token"
refused "not when it was changed" 'Exception' verify "$url" vault "${token%??????}AAAAAA"

# Renewal at four fifths of the token's life: the clock of the command, and of nobody else, is put forward.
$admin -n team run three --image=nginx >/dev/null
fake=$(find /usr/lib -name libfaketime.so.1 2>/dev/null | head -1)
[ -n "$fake" ] || fail "libfaketime is not here (Debian package faketime)"
echo '+0' >"$TMPDIR/clock"
mkdir -p "$TMPDIR/fallback"
cat >"$TMPDIR/look.sh" <<'S'
f=$MUSTER_ACCOUNT_FILES
echo "token $(sha256sum <"$f/token") $(readlink "$f/..data")"
first=$(readlink "$f/..data")
i=0
while [ $i -lt 3000 ]; do
  # Whatever moment one looks at, the files are whole.
  [ -s "$f/token" ] && [ -s "$f/ca.crt" ] && [ -s "$f/namespace" ] || [ "$(readlink "$f/..data")" != "$first" ] || echo torn
  [ "$(readlink "$f/..data")" = "$first" ] || break
  [ -f "$f/../go" ] || sleep 0.01
  i=$((i + 1))
done
echo "token $(sha256sum <"$f/token") $(readlink "$f/..data")"
kubectl_whoami
S
sed -i "s|^kubectl_whoami|$k --kubeconfig /dev/null --server $url --certificate-authority \"\$f/ca.crt\" --token \"\$(cat \"\$f/token\")\" auth whoami -o name 2>\&1; cut -d. -f2 \"\$f/token\"|" "$TMPDIR/look.sh"
env FAKETIME_TIMESTAMP_FILE="$TMPDIR/clock" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 LD_PRELOAD="$fake" \
  "$m" pod-exec --data-dir "$d" team/three -- env -u LD_PRELOAD sh "$TMPDIR/look.sh" >"$TMPDIR/three.out" 2>&1 &
eventually grep -q '^token' "$TMPDIR/three.out" || fail "the command started" "$(cat "$TMPDIR/three.out")"
sleep 1
echo '+47m' >"$TMPDIR/clock"
sleep 2.5
equal "before four fifths of its life the token stays" 1 "$(grep -c '^token' "$TMPDIR/three.out")"
echo '+49m' >"$TMPDIR/clock"
eventually bash -c "[ \"\$(grep -c '^token' '$TMPDIR/three.out')\" = 2 ]" || fail "it was renewed" "$(cat "$TMPDIR/three.out")"
equal "after that it is another" 2 "$(grep '^token' "$TMPDIR/three.out" | sort -u | wc -l)"
refused "and nobody saw half of one" '' grep torn "$TMPDIR/three.out"
wait %3 2>/dev/null

# Somebody who may make no mount namespace.
cp "$d/admin.kubeconfig" "$TMPDIR/their.kubeconfig"
plain="setpriv --bounding-set=-all --inh-caps=-all --no-new-privs"
[ "$(id -u)" = 0 ] || plain="setpriv --no-new-privs"
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups test -r "$MUSTER/muster" -a -r "$MUSTER/server/target/app/classpath"; then
  chown -R 65534:65534 "$TMPDIR/their.kubeconfig" "$TMPDIR/fallback"
  # They may pass through the folders above, whose names they cannot list.
  for above in "$TMPDIR" "$TMPDIR/.." "$TMPDIR/../.."; do
    [ -k "$above" ] || chmod a+x "$above"
  done
  plain="$plain --reuid=65534 --regid=65534 --clear-groups"
fi
out=$(HOME=/nonexistent TMPDIR=$TMPDIR/fallback MUSTER_NO_BUILD=1 $plain "$m" pod-exec --kubeconfig "$TMPDIR/their.kubeconfig" team/three -- \
  sh -c 'id -u; unshare --mount true 2>&1; ls -l "$MUSTER_ACCOUNT_FILES"; cat "$MUSTER_ACCOUNT_FILES/namespace"; echo; stat -c %a "$MUSTER_ACCOUNT_FILES"' 2>&1)
expect "it is told where the files are" 'no mount namespace may be made here; the files are in ' echo "$out"
expect "they are there" 'token -> ..data/token' echo "$out"
expect "its owner's alone" '^700$' echo "$out"
expect "as somebody without rights" 'Operation not permitted' echo "$out"
done_testing
