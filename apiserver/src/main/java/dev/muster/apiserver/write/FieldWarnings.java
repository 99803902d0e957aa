package dev.muster.apiserver.write;

import dev.muster.apiserver.request.ApiCall;
import java.util.List;

/** Tells the caller of fields that were dropped; bounded, since headers are. */
public final class FieldWarnings {

    private static final int MOST = 20;

    private FieldWarnings() {}

    public static void give(ApiCall call, List<String> problems) {
        problems.stream().limit(MOST).forEach(call::warn);
    }
}
