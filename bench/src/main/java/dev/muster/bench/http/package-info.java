/**
 * What serving costs, beside a bare Vert.x server that answers the same bytes over the same TLS. Driven by {@code bench/http.sh}
 * and {@code bench/start.sh}.
 *
 * <p>What must stay true: both servers speak the same protocol versions with the same TLS engine, key and client certificate
 * request; what is compared is CPU time of the server's process per request, never requests per second.
 *
 * <p>What an attacker would try: nothing; this is not shipped.
 */
package dev.muster.bench.http;
