package dev.muster.apiserver.impersonate;

import dev.muster.core.access.Attributes;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The verb {@code impersonate}: whoever has it acts as the other in everything. */
record LegacyMode(boolean oldOrder) implements Mode {

    private static final String VERB = "impersonate";

    @Override
    public String name() {
        return "legacy";
    }

    @Override
    public String constraint() {
        return "";
    }

    @Override
    public Optional<Answer> judge(Wish wish, Attributes request, Checks checks) {
        var parts = new Parts(request.user(), VERB, false, new Asking(checks, UnaryOperator.identity()));
        var refused = oldOrder ? parts.refusedInOldOrder(wish) : parts.refusedOf(wish);
        return Optional.of(
                refused.<Answer>map(Answer.Refused::new).orElseGet(() -> new Answer.Granted(Wanted.of(wish, false))));
    }
}
