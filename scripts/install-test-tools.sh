#!/usr/bin/env bash
# Debian packages that the tests use. As root or with sudo they are installed; otherwise what is missing is named.
set -euo pipefail

declare -A package=(
  [openssl]=openssl [strace]=strace [curl]=curl [h2load]=nghttp2-client [mvn]=maven [git]=git [jq]=jq [nginx]=nginx-light [haproxy]=haproxy
  [chromium]=chromium [chromedriver]=chromium-driver
  [faketime]=faketime [certutil]=libnss3-tools
)
missing=()
for tool in "${!package[@]}"; do
  command -v "$tool" >/dev/null 2>&1 || missing+=("${package[$tool]}")
done
kubectls=$(compgen -c kubectl 2>/dev/null | sort -u || true)
[ -n "$kubectls" ] || missing+=(kubernetes-client)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    echo "the tests need these Debian packages: ${missing[*]}" >&2
    echo "install them (apt-get install ${missing[*]}), or run ./test as root or with sudo" >&2
    exit 1
  fi
fi
echo "installing for the tests: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
