/**
 * What Kubernetes does to each kind on its way in: defaulting, clearing, validation, with its messages and field paths.
 *
 * <p>What must stay true: validation sees what will be stored; a caller cannot write status or system metadata.
 *
 * <p>What an attacker would try: a name that escapes its key prefix, a field that is checked on create and not on update.
 */
package dev.muster.api.strategy;
