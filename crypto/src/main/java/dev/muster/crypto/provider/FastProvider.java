package dev.muster.crypto.provider;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Amazon Corretto Crypto Provider, some eight times faster than the JDK at verifying. Loading its native library costs 0.4 s of
 * CPU, about what 900 verifications cost the JDK, so it is loaded when there is that much to verify, on a thread of its own;
 * nobody waits for it. It is never installed, only handed over where it is wanted. Where the library does not fit the machine
 * there is none.
 */
public final class FastProvider {

    /** From how many questions on it is worth loading. */
    private static final int WORTH_LOADING = 512;

    private static final AtomicInteger QUESTIONS = new AtomicInteger();

    private FastProvider() {}

    /** Loaded once for the process, since a native library is; begun when this class is first touched. */
    private static final class Loading {
        static final CompletableFuture<Optional<Provider>> RESULT = new CompletableFuture<>();

        static {
            var thread = new Thread(() -> RESULT.complete(load()), "load-fast-crypto");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The provider if it has been loaded; after many such questions loading is begun. Does not block. */
    public static Optional<Provider> ifLoaded() {
        if (QUESTIONS.get() < WORTH_LOADING && QUESTIONS.incrementAndGet() < WORTH_LOADING) {
            return Optional.empty();
        }
        return Loading.RESULT.getNow(Optional.empty());
    }

    /** Waits for loading to end; for tests and benchmarks. */
    public static Optional<Provider> awaitLoaded() {
        QUESTIONS.set(WORTH_LOADING);
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
