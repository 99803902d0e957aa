# Sourced: tokens of our own making, for what Keycloak would never sign.

base64url() { basenc --base64url -w0 | tr -d =; }

# signing_key NAME KID   NAME.key, and NAME.jwks with its public half
signing_key() {
  openssl genrsa -out "$1.key" 2048 2>/dev/null
  jq -nc --arg kid "$2" --arg n "$(openssl rsa -in "$1.key" -noout -modulus | cut -d= -f2 | basenc --base16 -d | base64url)" \
    '{keys: [{kty: "RSA", use: "sig", alg: "RS256", kid: $kid, n: $n, e: "AQAB"}]}' >"$1.jwks"
}

# sign NAME HEADER CLAIMS   a token signed by NAME.key with RS256, whatever its header says
sign() {
  local signed
  signed=$(printf %s "$2" | base64url).$(printf %s "$3" | base64url)
  echo "$signed.$(printf %s "$signed" | openssl dgst -sha256 -sign "$1.key" | base64url)"
}

# strange_tokens COUNT ISSUER   so many tokens of this issuer, each naming another key that nobody knows; one in a line
strange_tokens() {
  jq -rn --argjson count "$1" --arg iss "$2" 'def part: tojson | @base64 | gsub("="; "") | gsub("\\+"; "-") | gsub("/"; "_");
    range($count) | [({alg: "RS256", kid: "nobody-\(.)"} | part),
      ({iss: $iss, aud: "kubernetes", sub: "x", exp: (now + 600 | floor)} | part), ("a" * 200 | part)] | join(".")'
}
