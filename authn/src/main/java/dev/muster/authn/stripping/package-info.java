/**
 * What a request loses when it is authenticated.
 *
 * <p>What must stay true: no credential and no claim about identity travels on to a backend or a log; names are compared without
 * regard to case.
 *
 * <p>What an attacker would try: bring identity headers along that a backend behind this one believes.
 */
package dev.muster.authn.stripping;
