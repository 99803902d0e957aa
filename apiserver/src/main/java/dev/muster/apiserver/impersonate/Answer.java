package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.Status;
import dev.muster.core.identity.User;

/** What one mode says of a wish that it has to do with. */
sealed interface Answer {

    /** All parts of it are allowed. */
    record Granted(User user) implements Answer {}

    /** The first part that is not. */
    record Refused(Status status) implements Answer {}
}
