package dev.muster.apiserver.patch;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.negotiate.ContentType;
import dev.muster.http.serve.Headers;
import java.util.Arrays;
import java.util.List;

/** The forms of a patch, by their content types. */
public enum PatchForm {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json");

    private static final String APPLY = "application/apply-patch+yaml";

    private final String contentType;

    PatchForm(String contentType) {
        this.contentType = contentType;
    }

    /** @throws StatusException 415 for any other, server-side apply among them */
    public static PatchForm of(Headers headers) {
        String type = ContentType.of(headers);
        for (PatchForm form : values()) {
            if (form.contentType.equals(type)) {
                return form;
            }
        }
        List<String> accepted =
                Arrays.stream(values()).map(form -> form.contentType).toList();
        var plain = RequestStatuses.unsupportedMediaType(accepted);
        if (!type.equals(APPLY)) {
            throw new StatusException(plain);
        }
        throw new StatusException(new Status(
                plain.code(),
                plain.reason(),
                plain.message() + "; server-side apply is not served yet: use kubectl apply without --server-side",
                plain.details()));
    }
}
