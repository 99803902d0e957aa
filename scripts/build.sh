#!/usr/bin/env bash
# Builds what ./muster runs into server/target/app: jars, class path, JVM options, AOT cache. One build at a time.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. scripts/jdk.sh
app=$root/server/target/app

mkdir -p "$app"
exec 9>"$app/lock"
if ! flock -n 9; then
  echo "muster: waiting for another build to finish"
  flock 9
fi
# Whoever waited may find it done.
newer=$(find pom.xml ./*/pom.xml ./*/src/main -newer "$app/built" -type f -print -quit 2>/dev/null || echo first)
[ -f "$app/built" ] && [ -z "$newer" ] && exit 0

command -v mvn >/dev/null 2>&1 || {
  echo "muster is not built and Maven is not here to build it: install Maven 3.8 or newer (Debian: apt-get install maven)"
  exit 1
}
started=$SECONDS
stamp=$(mktemp)
log=$app/build.log
echo "muster: building with $JAVA_HOME (once; the first time also downloads libraries)"
if ! mvn -B -ntp package -DskipTests -pl server -am 2>&1 | tee "$log" |
  sed -nu 's/^\[INFO\] Building muster-\([a-z-]*\) .*\(\[.*\]\)$/  \2 \1/p'; then
  grep -E '^\[ERROR\]' "$log" | head -30
  echo "muster: the build failed; all of it is in server/target/app/build.log"
  exit 1
fi

# The class path must be the same, in the same order, for the AOT cache to be used.
find server/target/lib -name '*.jar' | LC_ALL=C sort | sed "s|^|$root/|" | paste -sd: >"$app/classpath.new"
mv "$app/classpath.new" "$app/classpath"
cp scripts/jvm.options "$app/jvm.options"

echo "muster: preparing quick starts (AOT cache)"
rm -f "$app/muster.aot" "$app/muster.aot.jdk"
if "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$app/muster.aot" "@$app/jvm.options" \
  -cp "$(cat "$app/classpath")" dev.muster.server.Main aot-training >"$app/aot.log" 2>&1; then
  echo "$JAVA_HOME" >"$app/muster.aot.jdk"
else
  rm -f "$app/muster.aot"
  echo "muster: no AOT cache (starts will be slower); see server/target/app/aot.log"
fi
mv "$stamp" "$app/built"
echo "muster: built in $((SECONDS - started)) s"
