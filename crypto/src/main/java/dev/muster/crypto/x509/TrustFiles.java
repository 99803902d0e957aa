package dev.muster.crypto.x509;

import dev.muster.crypto.reload.ReloadingFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Where trust bundles come from while a server runs. */
public final class TrustFiles {

    private TrustFiles() {}

    /**
     * The roots of a PEM file, read again when it changes; call {@link ReloadingFiles#every} on it.
     *
     * @throws ReloadingFiles.Malformed when the file holds no certificate or a broken one
     */
    public static ReloadingFiles<TrustBundle> open(Path file, ReloadingFiles.Listener listener)
            throws IOException, ReloadingFiles.Malformed {
        return ReloadingFiles.open(List.of(file), Pem.LARGEST, TrustFiles::read, listener);
    }

    private static TrustBundle read(List<byte[]> contents) throws ReloadingFiles.Malformed {
        try {
            return TrustBundle.parse(contents.getFirst());
        } catch (MalformedPem e) {
            throw new ReloadingFiles.Malformed(e.getMessage(), e);
        }
    }

    /** The roots of all of them; made anew only when one of them has changed. */
    public static Supplier<TrustBundle> union(List<? extends Supplier<TrustBundle>> sources) {
        return new Union(List.copyOf(sources));
    }

    private static final class Union implements Supplier<TrustBundle> {

        private record Merged(List<TrustBundle> of, TrustBundle bundle) {}

        private final List<? extends Supplier<TrustBundle>> sources;
        private volatile Merged merged = new Merged(List.of(), TrustBundle.EMPTY);

        Union(List<? extends Supplier<TrustBundle>> sources) {
            this.sources = sources;
        }

        @Override
        public TrustBundle get() {
            var known = merged;
            boolean same = known.of().size() == sources.size();
            for (int i = 0; same && i < sources.size(); i++) {
                same = sources.get(i).get() == known.of().get(i);
            }
            return same ? known.bundle() : merge();
        }

        private TrustBundle merge() {
            List<TrustBundle> parts =
                    sources.stream().<TrustBundle>map(Supplier::get).toList();
            var all = TrustBundle.EMPTY;
            for (var part : parts) {
                all = all.with(part);
            }
            merged = new Merged(parts, all);
            return all;
        }
    }
}
