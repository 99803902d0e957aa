/**
 * Client certificates as a resource: {@code clientcertificates} in our own group, read-only, from the ledger of their uses.
 *
 * <p>What must stay true: who reads them is RBAC's matter, as for any resource; what is shown is public of a certificate, never a
 * key, and where it was used from.
 *
 * <p>What an attacker would try: read from where others work; write escape sequences into a name for an administrator's terminal.
 */
package dev.muster.apiserver.clientcertificate;
