# Sourced after keycloak.sh: Chromium without a window, driven over WebDriver (W3C) by curl.

# browser_start   sets $browser, the address of a session
browser_start() {
  local port i
  port=$(free_port)
  # Chromium runs as root too, since CI may; it meets no page but ours.
  setsid chromedriver --port="$port" --log-path="$TMPDIR/chromedriver.log" >"$TMPDIR/chromedriver.out" 2>&1 &
  browser_driver=$!
  servers+=("-$browser_driver") # with all that it starts
  for i in $(seq 100); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/status" && break
    sleep 0.1
  done
  browser=http://127.0.0.1:$port/session/$(curl -s "http://127.0.0.1:$port/session" -d '{"capabilities": {"alwaysMatch": {
    "browserName": "chrome", "acceptInsecureCerts": true, "goog:chromeOptions": {"args":
    ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1000,800"]}}}}' | jq -er .value.sessionId) ||
    { echo "FAIL: Chromium did not start"; tail -20 "$TMPDIR/chromedriver.log"; exit 1; }
}

browser_stop() {
  curl -s -o /dev/null -X DELETE "$browser"
  kill "$browser_driver"
  wait "$browser_driver" 2>/dev/null
}

browser_post() { curl -s "$browser/$1" -d "$2" | jq -r '.value | if type == "object" then (.error // (to_entries[0].value)) else . end'; }
browser_get() { curl -s "$browser/$1" | jq -r .value; }
browser_open() { browser_post url "$(jq -nc --arg url "$1" '{url: $url}')" >/dev/null; }
browser_find() { browser_post element "$(jq -nc --arg css "$1" '{using: "css selector", value: $css}')"; }
browser_type() { browser_post "element/$(browser_find "$1")/value" "$(jq -nc --arg text "$2" '{text: $text}')" >/dev/null; }
browser_click() { browser_post "element/$(browser_find "$1")/click" '{}' >/dev/null; }
browser_picture() { browser_get screenshot | base64 -d >"$1"; }

# keycloak_browser_login USER PASSWORD CLIENT [REALM]   as keycloak_login, with a browser; pictures in TMPDIR.
# A browser remembers who logged in: another user needs another session of it.
keycloak_browser_login() {
  local i
  keycloak_ask "$3" "${4:-muster}"
  browser_open "$keycloak_asked"
  browser_picture "$TMPDIR/login.png"
  browser_type '#username' "$1"
  browser_type '#password' "$2"
  browser_picture "$TMPDIR/filled.png"
  browser_click '#kc-login'
  for i in $(seq 100); do # nobody serves the address that it is sent to: the browser stays there with an error
    case $(browser_get url) in "$keycloak_redirect"*) break ;; esac
    sleep 0.1
  done
  browser_picture "$TMPDIR/after.png"
  keycloak_redeem "$(browser_get url)"
}
