/**
 * {@code muster pki}: a small authority in a folder, for those who have none.
 *
 * <p>What must stay true: keys are 0600 from their first moment; nothing that is there is ever overwritten, what is renewed is
 * kept under its serial number; what cannot be certified is refused by its flag.
 *
 * <p>What an attacker would try: a name that leaves the folder, a certificate of {@code system:masters} nobody meant to issue.
 */
package dev.muster.server.smallca;
