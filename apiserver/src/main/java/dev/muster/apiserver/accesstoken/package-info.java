/**
 * Access tokens: objects that their owners make for programs of theirs, and see the token of once.
 *
 * <p>What must stay true: the token itself is in one answer and nowhere else; its bearer is never more than its maker was; who made
 * it is what the server knows, not what the body says; without the verb {@code manage}, people see and delete their own and learn
 * nothing of others'.
 *
 * <p>What an attacker would try: turn a short-lived credential, an impersonation or another access token into a lasting one; ask
 * for groups he is not in; read who else has tokens; delete somebody else's.
 */
package dev.muster.apiserver.accesstoken;
