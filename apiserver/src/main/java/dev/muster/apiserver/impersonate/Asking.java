package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.Status;
import dev.muster.core.access.Attributes;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts a mode's questions in that mode's form. */
record Asking(Checks checks, UnaryOperator<Attributes> form) {

    /** Empty if it is allowed. */
    Optional<Status> ask(Attributes asked) {
        return checks.ask(form.apply(asked));
    }

    /** Refused whatever the authorizer would say. */
    Optional<Status> refuse(Attributes asked, String reason) {
        return checks.refuse(form.apply(asked), reason);
    }
}
