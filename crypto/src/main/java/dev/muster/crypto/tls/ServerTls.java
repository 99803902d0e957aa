package dev.muster.crypto.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How a server does TLS. Identity and hints are asked at each handshake, so they may change while the server runs.
 *
 * @param identity what the server shows
 * @param clientAuthorities the authorities whose client certificates are asked for; empty asks for none in particular
 * @param minimum the lowest version spoken
 * @param cipherSuites by the JDK's names, most preferred first; empty for the default
 */
public record ServerTls(
        Supplier<ServingIdentity> identity,
        Supplier<List<X509Certificate>> clientAuthorities,
        Version minimum,
        List<String> cipherSuites) {

    /** TLS versions that may be spoken at all. */
    public enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String jdkName;

        Version(String jdkName) {
            this.jdkName = jdkName;
        }

        /** This version and those above it, as the JDK names them. */
        public List<String> andAbove() {
            return this == TLS_1_2 ? List.of(TLS_1_2.jdkName, TLS_1_3.jdkName) : List.of(jdkName);
        }
    }

    public ServerTls {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(clientAuthorities, "clientAuthorities");
        Objects.requireNonNull(minimum, "minimum");
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** TLS 1.2 or newer and the default cipher suites, as Kubernetes. */
    public static ServerTls of(Supplier<ServingIdentity> identity, Supplier<List<X509Certificate>> clientAuthorities) {
        return new ServerTls(identity, clientAuthorities, Version.TLS_1_2, List.of());
    }

    /** A key manager over {@link #identity}. */
    public HotKeyManager keyManager() {
        return new HotKeyManager(identity);
    }

    /** A trust manager that takes any client's chain and hints at {@link #clientAuthorities}. */
    public AnyClient trustManager() {
        return new AnyClient(clientAuthorities);
    }
}
