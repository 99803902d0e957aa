/**
 * Client certificates as those see them who are told of their use: whose they are, who presents them, from where.
 *
 * <p>What must stay true: only certificates that were accepted, or issued here, are told of; what was accepted by another
 * credential on the same connection is no use of the certificate.
 *
 * <p>What an attacker would try: fill the list with certificates that nobody issued; have a use of his counted for another.
 */
package dev.muster.core.certificate;
