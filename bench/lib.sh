# Sourced by the benchmarks: builds the class path, makes a key pair, starts servers.
bench_root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$bench_root/scripts/jdk.sh"
bench_work=$(mktemp -d)
bench_pids=()

bench_end() {
  for pid in "${bench_pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$bench_work"
}
trap bench_end EXIT

bench_need() { # COMMAND PACKAGE
  command -v "$1" >/dev/null || { echo "this benchmark needs $1: apt-get install $2" >&2; exit 1; }
}

bench_build() { # jars, not class folders: an AOT cache takes nothing else
  local list=$bench_root/bench/target/classpath jar
  jar=$(find "$bench_root/bench/target" -maxdepth 1 -name 'muster-bench-*.jar' 2>/dev/null | head -1)
  if [ ! -f "$list" ] || [ -z "$jar" ] || [ -n "$(find "$bench_root"/*/src/main -newer "$list" -type f -print -quit)" ]; then
    (cd "$bench_root" && mvn -B -q -ntp -pl bench -am package -Dmaven.test.skip=true \
      dependency:build-classpath -Dmdep.outputFile="$list" -Dmdep.includeScope=runtime >"$bench_work/build.log" 2>&1) || {
      grep ERROR "$bench_work/build.log" | head >&2
      exit 1
    }
  fi
  jar=$(find "$bench_root/bench/target" -maxdepth 1 -name 'muster-bench-*.jar' | head -1)
  bench_classpath=$jar:$(cat "$list")
  mapfile -t bench_options < <(grep -v logging.config "$bench_root/scripts/jvm.options")
}

bench_key() { # a P-256 key and a certificate for localhost, as the server itself makes
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout "$bench_work/key.pem" -out "$bench_work/chain.pem" 2>/dev/null
}

bench_port() { # a free one
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

bench_serve() { # bare|muster PORT BODY-FILE [JVM OPTION...]; sets bench_pid; the bare one answers with $bench_headers, if that is set
  local kind=$1 port=$2 body=$3
  shift 3
  taskset -c "${bench_cpu:-0}" "$JAVA_HOME/bin/java" "${bench_options[@]}" "$@" -cp "$bench_classpath" \
    dev.muster.bench.http.Serve "$kind" "$bench_work/chain.pem" "$bench_work/key.pem" "$body" "$port" ${bench_headers:+"$bench_headers"} >"$bench_work/$kind.log" 2>&1 &
  bench_pid=$!
  bench_pids+=("$bench_pid")
}

bench_wait() { # PID URL: until it answers
  until curl -sko /dev/null --max-time 5 "$2"; do
    kill -0 "$1" 2>/dev/null || { echo "the server ended: $(tail -5 "$bench_work"/*.log)" >&2; exit 1; }
    sleep 0.005
  done
}

bench_cpu_us() { # PID: CPU time so far, microseconds, all threads that are or were: clock_getcpuclockid(3), finer than ticks
  python3 -c 'import sys, time; print(int(time.clock_gettime(~int(sys.argv[1]) << 3 | 2) * 1e6))' "$1"
}

bench_median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
