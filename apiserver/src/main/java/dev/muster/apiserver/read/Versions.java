package dev.muster.apiserver.read;

import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.resource.Revisioned;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.Optional;

/** Resource versions that clients ask for. */
public final class Versions {

    /** How long a request may wait for a version that has not been reached. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Versions() {}

    /** The revision; empty for a text that is no number. Absence and {@code 0} are {@link Revision#NONE}. */
    public static Optional<Revision> parse(String text) {
        if (text.isEmpty() || text.equals("0")) {
            return Optional.of(Revision.NONE);
        }
        try {
            return text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Optional.of(Revision.of(Long.parseLong(text)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @throws StatusException 400 */
    public static Revision required(String text) {
        return parse(text)
                .orElseThrow(() -> new StatusException(
                        Statuses.badRequest("invalid resource version: resourceVersion: Invalid value: "
                                + GoText.quote(text) + ": " + parseError(text))));
    }

    /** What is wrong with a text that is no number. */
    public static String parseError(String text) {
        return "strconv.ParseUint: parsing " + GoText.quote(text) + ": invalid syntax";
    }

    public static boolean isReached(Revisioned resource, Revision revision) {
        return resource.revision().compareTo(revision) >= 0;
    }

    /**
     * Blocks until the resource has reached the revision.
     *
     * @throws StatusException 504 when that takes too long
     */
    public static void await(Revisioned resource, Revision revision) {
        try {
            if (resource.await(revision, PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StatusException(Statuses.tooLargeResourceVersion(
                revision.value(), resource.revision().value(), 1));
    }
}
