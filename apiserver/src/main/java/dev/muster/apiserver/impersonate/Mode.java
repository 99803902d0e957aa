package dev.muster.apiserver.impersonate;

import dev.muster.core.access.Attributes;
import java.util.Optional;

/** One way in which a caller may be allowed to act as another. */
interface Mode {

    /** As metrics name it: user-info, legacy, ... */
    String name();

    /** The verb for audit; empty for the one that has always been there. */
    String constraint();

    /**
     * Empty where the wish is none of its.
     *
     * @param request what the caller wants to do as the other; its user is the real caller
     */
    Optional<Answer> judge(Wish wish, Attributes request, Checks checks);
}
