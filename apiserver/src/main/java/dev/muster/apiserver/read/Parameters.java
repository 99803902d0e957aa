package dev.muster.apiserver.read;

import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.http.serve.Query;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads single query parameters as kube-apiserver converts them. The first of several values counts. */
public final class Parameters {

    private Parameters() {}

    /** Absent, {@code 0} and {@code false} are false; everything else is true, an empty value too. */
    public static boolean flag(Query query, String name) {
        return optionalFlag(query, name).orElse(false);
    }

    /** The same, where absent is not false. */
    public static Optional<Boolean> optionalFlag(Query query, String name) {
        return query.first(name)
                .map(value ->
                        !value.equals("0") && !value.toLowerCase(Locale.ROOT).equals("false"));
    }

    /** @throws StatusException 400 for what is no number of 64 bits */
    public static OptionalLong number(Query query, String name) {
        var text = query.first(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        String value = text.get();
        boolean digits = value.matches("[+-]?[0-9]+");
        try {
            if (digits) {
                return OptionalLong.of(Long.parseLong(value));
            }
        } catch (NumberFormatException e) {
            // Digits, and too many of them.
        }
        throw new StatusException(Statuses.badRequest("strconv.ParseInt: parsing " + GoText.quote(value)
                + (digits ? ": value out of range" : ": invalid syntax")));
    }
}
