/**
 * Secrets as a type.
 *
 * <p>What must stay true: a {@link dev.muster.core.secret.Secret} never prints itself, compares in constant time, and is
 * read only by {@code reveal()}, whose callers are listed by the architecture test.
 *
 * <p>What an attacker would try: make an error message, a log line or a metric label carry the value; learn it byte by
 * byte from how long a comparison takes.
 */
package dev.muster.core.secret;
