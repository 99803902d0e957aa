/**
 * Who is asking: the words every authenticator, front door and policy shares.
 *
 * <p>What must stay true: an {@link dev.muster.core.identity.Authenticator} answers with a value, never with an exception;
 * a credential that was presented and refused never becomes anonymous; a backend's outage is never another identity; the
 * detail of a refusal reaches the log and the operator, never the client.
 *
 * <p>What an attacker would try: present two credentials so that the bad one hides behind the good one or the reverse,
 * make a backend fail so that a weaker authenticator answers, smuggle a second header value past the first.
 */
package dev.muster.core.identity;
