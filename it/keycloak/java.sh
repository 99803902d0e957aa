# Sourced: how Keycloak's Java is started. Directly, so that the process that is ended is the server and not a shell around it.
# The compiler of the first tier alone and one collector thread: on two cores that starts soonest.

# keycloak_home DIST HOME   a folder to run in: the distribution's files, and a place for data of its own
keycloak_home() {
  mkdir -p "$2/data"
  ln -s "$1/lib" "$1/conf" "$1/providers" "$1/themes" "$2/"
}

# keycloak_java HOME ARGUMENTS...   becomes Keycloak
keycloak_java() {
  local home=$1 package opens=()
  shift
  for package in util util.concurrent security lang; do
    opens+=(--add-opens="java.base/java.$package=ALL-UNNAMED")
  done
  exec "$JAVA_HOME/bin/java" -Xms64m -Xmx512m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    "${opens[@]}" --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 \
    -Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Dpicocli.disable.closures=true \
    -Dkc.home.dir="$home" -Djboss.server.config.dir="$home/conf" \
    -cp "$home/lib/quarkus-run.jar" io.quarkus.bootstrap.runner.QuarkusEntryPoint "$@"
}
