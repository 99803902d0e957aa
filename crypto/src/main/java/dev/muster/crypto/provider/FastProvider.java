package dev.muster.crypto.provider;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Amazon Corretto Crypto Provider, several times faster than the JDK at verifying. Its native library takes a while to unpack
 * and load, so the first question starts loading on a thread of its own and nobody waits for it; it is never installed, only
 * handed over where it is wanted. Where the library does not fit the machine there is none.
 */
public final class FastProvider {

    private FastProvider() {}

    /** Loaded once for the process, since a native library is; begun by the first question. */
    private static final class Loading {
        static final CompletableFuture<Optional<Provider>> RESULT = new CompletableFuture<>();

        static {
            var thread = new Thread(() -> RESULT.complete(load()), "load-fast-crypto");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The provider if it has been loaded; otherwise loading is begun. Does not block. */
    public static Optional<Provider> ifLoaded() {
        return Loading.RESULT.getNow(Optional.empty());
    }

    /** Waits for loading to end; for tests and benchmarks. */
    public static Optional<Provider> awaitLoaded() {
        return Loading.RESULT.join();
    }

    private static Optional<Provider> load() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.empty();
        }
    }
}
