package dev.muster.apiserver.stored;

import dev.muster.core.identity.User;

/**
 * Who writes where.
 *
 * @param caller who really called, whoever they act as
 * @param guarded whether guards are asked; not for the program's own parts
 * @param namespace of the URL; empty for cluster scope
 * @param name of the URL; empty on create
 */
record Writer(User user, User caller, boolean guarded, String namespace, String name) {}
