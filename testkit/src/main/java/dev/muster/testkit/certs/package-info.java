/**
 * Throw-away authorities, certificates of every oddity, and a matrix of them with what is to be thought of each.
 *
 * <p>What must stay true: the matrix says of every case what Kubernetes does; whoever serves or judges certificates runs all of
 * it, and counts the cases.
 *
 * <p>What an attacker would try: each of the odd ones.
 */
package dev.muster.testkit.certs;
