package dev.muster.server.config;

import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import java.util.ArrayList;
import java.util.List;

/** The flags of {@code muster apiserver}: kube-apiserver's names, and {@code --data-dir}. */
public final class ApiserverFlags {

    private ApiserverFlags() {}

    public static FlagSet all() {
        var all = new ArrayList<>(List.of(
                Flag.text("data-dir", "", "Folder for keys, store and kubeconfigs (default $XDG_DATA_HOME/muster)."),
                Flag.text("bind-address", "127.0.0.1", "Address to listen on."),
                Flag.number("secure-port", 6443, "Port to serve HTTPS on; 0 takes a free one."),
                Flag.text("advertise-address", "", "Address written into kubeconfigs (default: the bind address)."),
                Flag.text("external-hostname", "", "Host name written into kubeconfigs instead of an address."),
                Flag.text("tls-cert-file", "", "Serving certificate, PEM, followed by intermediates."),
                Flag.text("tls-private-key-file", "", "Private key of --tls-cert-file, PEM."),
                Flag.text("tls-min-version", "VersionTLS12", "VersionTLS12 or VersionTLS13."),
                Flag.list("tls-cipher-suites", "", "TLS 1.2 cipher suites, by their IANA names, in order."),
                Flag.text("tls-engine", "jdk", "jdk, or boringssl (faster handshakes; no P-521 or Ed25519 clients)."),
                Flag.text("client-ca-file", "", "CA bundle whose client certificates are users, PEM."),
                Flag.text("token-auth-file", "", "CSV of static tokens: token,user,uid[,\"group1,group2\"]."),
                Flag.bool(
                        "enable-bootstrap-token-auth",
                        false,
                        "Whether Secrets of type bootstrap.kubernetes.io/token are tokens of joining nodes (up: true)."),
                Flag.duration(
                        "access-token-max-expiration", "2160h0m0s", "The longest that access tokens of people last."),
                Flag.duration(
                        "revocation-heartbeat",
                        "10s",
                        "After so long without word from the store nobody is believed but break-glass (3s to 10m)."),
                Flag.bool("anonymous-auth", true, "Whether requests without credentials are system:anonymous."),
                Flag.text("authentication-config", "", "File with an AuthenticationConfiguration."),
                Flag.list(
                        "api-audiences",
                        "",
                        "Identifiers of this API for tokens that name an audience (default: the issuers)."),
                Flag.list(
                        "authorization-mode",
                        "RBAC",
                        "Authorizers in order: Node, RBAC, AlwaysAllow, AlwaysDeny (up: Node,RBAC)."),
                Flag.text("authorization-rbac-super-user", "", "A user bound to cluster-admin at start."),
                Flag.list("enable-admission-plugins", "", "Admission plugins to switch on beside those on by default."),
                Flag.list("disable-admission-plugins", "", "Admission plugins to switch off."),
                Flag.text(
                        "cluster-signing-cert-file",
                        "",
                        "Authority that signs requests (default: that of --data-dir)."),
                Flag.text("cluster-signing-key-file", "", "Private key of --cluster-signing-cert-file, PEM."),
                Flag.duration("cluster-signing-duration", "8760h0m0s", "The longest that signed certificates last."),
                Flag.list(
                        "feature-gates",
                        "",
                        "Features to switch on or off: ConstrainedImpersonation=true|false (true)."),
                Flag.map("runtime-config", "API versions to switch on or off: group/version=true|false."),
                Flag.text("encryption-provider-config", "", "File with an EncryptionConfiguration for values at rest."),
                Flag.number("max-requests-inflight", 400, "Reads served at once; 0 = no limit."),
                Flag.number("max-mutating-requests-inflight", 200, "Writes served at once; 0 = no limit."),
                Flag.number("min-request-timeout", 1800, "Least life of a watch, in seconds."),
                Flag.duration("request-timeout", "1m0s", "Longest life of a request that is no watch."),
                Flag.number("http2-max-streams-per-connection", 250, "Streams a client may have open on a connection."),
                Flag.duration("event-ttl", "1h0m0s", "How long events are kept."),
                Flag.duration(
                        "shutdown-delay-duration", "0s", "How long to go on serving, not ready, after SIGTERM.")));
        all.addAll(RequestHeaderOptions.flags());
        all.addAll(UserNameOptions.flags());
        all.addAll(ServiceAccountOptions.flags());
        all.addAll(OidcOptions.flags());
        all.addAll(AuditOptions.flags());
        return new FlagSet(all);
    }
}
