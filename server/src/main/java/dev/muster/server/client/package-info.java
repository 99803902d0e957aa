/**
 * Asking a running server through its API, as the person a kubeconfig names.
 *
 * <p>What must stay true: only the authority of the kubeconfig is trusted; nothing is followed, run or sent elsewhere; an answer
 * is bounded in size and time; an error never repeats the credential.
 *
 * <p>What an attacker would try: answer in the server's place, redirect the credential, write escape sequences to the terminal.
 */
package dev.muster.server.client;
