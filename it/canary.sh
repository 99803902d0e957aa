#!/usr/bin/env bash
# Looks for every secret that the tests have used in everything that the product has written: logs, audit logs, metrics, health,
# stories of refusals, process arguments, and the store, in which values are sealed. As it is, in base64 and percent-encoded.
# usage: canary.sh FOLDER with the files "secrets" (label TAB value) and "outputs" (a path each); canary.sh --self-test
set -euo pipefail

least_secrets=${CANARY_LEAST_SECRETS:-20} least_outputs=${CANARY_LEAST_OUTPUTS:-20}

forms() { # VALUE   the ways in which it may be spelled
  printf '%s\n' "$1"
  # Inside of base64 a value lies at one of three places; the first and last letters depend on what is beside it.
  local i
  for i in '' x xx; do
    printf '%s%s' "$i" "$1" | base64 -w0 | sed -E 's/^.{4}//; s/.{4}$//; s/=//g'
    echo
  done | awk 'length >= 12'
  case $1 in *[!A-Za-z0-9._~-]*) jq -rn --arg v "$1" '$v | @uri' ;; esac
}

look() { # FOLDER
  local folder=$1 found=0 label value file
  sort -u "$folder/secrets" -o "$folder/secrets"
  sort -u "$folder/outputs" -o "$folder/outputs"
  : >"$folder/patterns"
  : >"$folder/labels"
  while IFS=$'\t' read -r label value; do
    forms "$value" | sort -u | while IFS= read -r form; do
      printf '%s\n' "$form" >>"$folder/patterns"
      printf '%s\t%s\n' "$label" "$form" >>"$folder/labels"
    done
  done <"$folder/secrets"
  local seen=0
  while IFS= read -r file; do
    [ -f "$file" ] && [ -s "$file" ] || continue
    case $file in */store/*) grep -qxF "${file%/store/*}" "$folder/unsealed" 2>/dev/null && continue ;; esac
    seen=$((seen + 1))
    case $file in *.gz) gzip -dc "$file" ;; *) cat "$file" ;; esac >"$folder/text"
    # No server writes a whole signed token anywhere, whosever it is.
    case $file in
      */store/* | *.log | *.log.gz | *-metrics | *-readyz-* | *-refusals)
        if grep -aqE 'eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}' "$folder/text"; then
          echo "FOUND a signed token in $file"
          found=1
        fi
        ;;
    esac
    if grep -aqFf "$folder/patterns" "$folder/text"; then
      found=1
      while IFS=$'\t' read -r label value; do
        grep -aqF -- "$value" "$folder/text" && echo "FOUND $label in $file"
      done <"$folder/labels" | sort -u
    fi
  done <"$folder/outputs"
  local used
  used=$(wc -l <"$folder/secrets")
  echo "looked for $used secrets in $seen outputs"
  if [ "$used" -lt "$least_secrets" ] || [ "$seen" -lt "$least_outputs" ]; then
    echo "too few: at least $least_secrets secrets and $least_outputs outputs were expected"
    return 1
  fi
  return $found
}

self_test() {
  local t out case
  t=$(mktemp -d)
  CANARY_LEAST_SECRETS=1 CANARY_LEAST_OUTPUTS=1
  least_secrets=1 least_outputs=1
  local secret='pl4nted/s3cret+of-a-test' token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlc2lnbmF0dXJl
  printf 'the planted one\t%s\n' "$secret" >"$t/secrets"
  plant() { # WHAT TEXT EXPECTED
    rm -rf "$t/f" && mkdir -p "$t/f/data/store"
    local file=$t/f/server.log
    case $1 in gz) file=$t/f/audit-1.log.gz ;; store) file=$t/f/data/store/muster.db ;; esac
    if [ "$1" = gz ]; then printf '%s\n' "$2" | gzip >"$file"; else printf 'a line\n%s\n' "$2" >"$file"; fi
    echo "$file" >"$t/outputs"
    if out=$(look "$t"); then out="$out
clean"; fi
    grep -qF -- "$3" <<<"$out" || {
      echo "self-test: $1: expected \"$3\", got:"
      echo "$out"
      rm -rf "$t"
      exit 1
    }
  }
  plant plain "before ${secret} after" "FOUND the planted one in $t/f/server.log"
  plant gz "$secret" "FOUND the planted one in $t/f/audit-1.log.gz"
  plant store "$secret" "FOUND the planted one in $t/f/data/store/muster.db"
  plant base64 "$(printf '{"p":"%s"}' "$secret" | base64 -w0)" "FOUND the planted one"
  plant base64-shifted "$(printf 'ab%s.' "$secret" | base64 -w0)" "FOUND the planted one"
  plant percent "?x=pl4nted%2Fs3cret%2Bof-a-test" "FOUND the planted one"
  plant token "$token" "FOUND a signed token"
  plant nothing "a line like any other" "clean"
  : >"$t/secrets"
  echo >"$t/outputs"
  if look "$t" >/dev/null; then
    echo "self-test: nothing was looked at, and that passed"
    exit 1
  fi
  rm -rf "$t"
  echo "ok a planted secret is found, whatever its spelling"
}

case ${1:-} in
  --self-test) self_test ;;
  '') sed -n '2,4p' "$0" >&2; exit 2 ;;
  *)
    (self_test)
    look "$1"
    ;;
esac
