#!/usr/bin/env bash
# Makes a Keycloak ready to start and prints its folder: the distribution, optimized (dist), and a database with the realms beside
# this script already imported (data). Both are kept in MUSTER_TEST_CACHE (default ~/.cache/muster-tests), so that only the first
# run, and the first after a change of version or realms, takes its minute. What cannot be had is an error, never a skip.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../scripts/jdk.sh"
. "$here/java.sh"

version=26.7.3
sha256=77657f30b7e90d70f727712ce1c967f430fd6a5e9f458d32d8c6df0635345f47

# Not HOME: scripts of it/ have one of their own each.
cache=${MUSTER_TEST_CACHE:-$(getent passwd "$(id -u)" | cut -d: -f6)/.cache/muster-tests}
built=$(cat "$here/java.sh" <(echo "$version $sha256 $JAVA_HOME") | sha256sum | cut -c1-12)
imported=$(cat "$here"/*-realm.json <(echo "$built") | sha256sum | cut -c1-12)
dist=$cache/keycloak-$version-$built
data=$dist/realms-$imported

die() {
  echo "keycloak: $1" >&2
  [ $# -lt 2 ] || tail -30 "$2" >&2
  exit 1
}

fetch() { # Maven looks after proxies, mirrors and a half download; what arrives is what was pinned here, or nothing
  local archive=$dist.part/keycloak-quarkus-dist-$version.tar.gz
  mkdir -p "$dist.part"
  echo "keycloak: fetching $version" >&2
  (cd "$dist.part" && mvn -B -ntp -C org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.keycloak:keycloak-quarkus-dist:$version:tar.gz -DoutputDirectory="$dist.part") >"$dist.part/log" 2>&1 ||
    die "could not be fetched from Maven Central" "$dist.part/log"
  echo "$sha256  $archive" | sha256sum -c --quiet - >&2 || die "the archive is not the one that was pinned; remove it from ~/.m2"
  rm -rf "$dist"
  mkdir -p "$dist"
  tar xzf "$archive" --strip-components=1 -C "$dist"
  rm -rf "$dist.part"
}

build() {
  local started=$SECONDS
  "$dist/bin/kc.sh" build --db=dev-file --cache=local --health-enabled=false >"$dist/build.log" 2>&1 ||
    die "the build failed" "$dist/build.log"
  echo "keycloak: built in $((SECONDS - started)) s" >&2
}

import() {
  local started=$SECONDS new=$data.new pid
  rm -rf "$new"
  keycloak_home "$dist" "$new"
  mkdir -p "$new/data/import"
  cp "$here"/*-realm.json "$new/data/import/"
  # Imports, and ends. The administrator is one of this rig, on a server that listens on the loopback for some seconds.
  (cd "$new" && KC_BOOTSTRAP_ADMIN_CLIENT_ID=rig KC_BOOTSTRAP_ADMIN_CLIENT_SECRET=rig-secret \
    keycloak_java "$new" start --optimized --import-realm --http-enabled=true --http-host=127.0.0.1 --http-port=0 \
    --hostname-strict=false) >"$new/log" 2>&1 &
  pid=$!
  until grep -q 'Keycloak .* started in' "$new/log" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || die "importing the realms failed" "$new/log"
    [ $((SECONDS - started)) -lt 600 ] || { kill -9 "$pid"; die "importing the realms took longer than ten minutes" "$new/log"; }
    sleep 0.2
  done
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  rm -rf "$new/data/import" "$new/data/tmp"
  mv "$new/data" "$data"
  rm -rf "$new"
  echo "keycloak: realms imported in $((SECONDS - started)) s" >&2
}

mkdir -p "$cache"
exec 9>"$cache/keycloak.lock"
flock 9
if [ ! -f "$dist/built" ]; then
  fetch
  build
  touch "$dist/built"
fi
[ -d "$data" ] || import
echo "$dist $data"
