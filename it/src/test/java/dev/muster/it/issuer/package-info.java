/**
 * Issuers of tokens that misbehave, for the scripts of {@code it/scripts}: what a real Keycloak cannot be brought to do.
 *
 * <p>What must stay true: each fault is one of the documents or of the connection, everything else about the issuer is as it should
 * be, so that what is refused is refused for that fault. An attacker is who wrote this package.
 */
package dev.muster.it.issuer;
