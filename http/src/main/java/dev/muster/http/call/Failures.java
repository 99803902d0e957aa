package dev.muster.http.call;

import dev.muster.http.call.CallFailed.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in a sentence what exceptions of the JDK mean. */
final class Failures {

    private static final int DEEPEST = 12;

    private Failures() {}

    static CallFailed of(Call call, Throwable failure) {
        return find(failure, CallFailed.class).orElseGet(() -> translated(call, failure));
    }

    private static CallFailed translated(Call call, Throwable failure) {
        var uri = call.uri();
        if (find(failure, UnresolvedAddressException.class).isPresent()
                || find(failure, UnknownHostException.class).isPresent()) {
            return new CallFailed(Kind.NAME, uri, "no such host");
        }
        if (find(failure, HttpConnectTimeoutException.class).isPresent()) {
            return new CallFailed(Kind.CONNECT, uri, "nobody answers the connection");
        }
        if (find(failure, HttpTimeoutException.class).isPresent()) {
            return new CallFailed(
                    Kind.TIMEOUT,
                    uri,
                    "no whole answer within " + call.deadline().toMillis() + " ms");
        }
        if (find(failure, SSLException.class).isPresent()) {
            return new CallFailed(Kind.TLS, uri, tls(failure));
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return new CallFailed(Kind.CONNECT, uri, "connection refused");
        }
        if (text(failure).toLowerCase(Locale.ROOT).contains("tunnel")
                || text(failure).toLowerCase(Locale.ROOT).contains("proxy")) {
            return new CallFailed(Kind.PROXY, uri, "the proxy refuses: " + text(failure));
        }
        return new CallFailed(Kind.PROTOCOL, uri, text(failure));
    }

    private static String tls(Throwable failure) {
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return "its certificate has expired";
        }
        if (find(failure, CertPathBuilderException.class).isPresent()) {
            return "its certificate is signed by an authority that is not trusted";
        }
        return find(failure, CertPathValidatorException.class)
                .map(Throwable.class::cast)
                .or(() -> find(failure, CertificateException.class))
                .map(cause -> "its certificate is not accepted: " + text(cause))
                .orElseGet(() -> "TLS: " + text(failure));
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        Throwable at = failure;
        for (int i = 0; at != null && i < DEEPEST; i++, at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
        }
        return Optional.empty();
    }

    /** Some of it comes from the other side. */
    private static String text(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String plain = message.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "...";
    }
}
