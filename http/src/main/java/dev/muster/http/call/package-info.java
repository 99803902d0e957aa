/**
 * The one client by which this process calls others: issuers, webhooks, directories.
 *
 * <p>{@link dev.muster.http.call.HttpsClient} sends a {@link dev.muster.http.call.Call} and answers with a {@link
 * dev.muster.http.call.Reply}, or with a {@link dev.muster.http.call.CallFailed} that says in a sentence what went wrong.
 *
 * <p>What must stay true: https and nothing else, the server's certificate and name judged; every call has a deadline over all of it,
 * redirects included, and a limit on what is read; a redirect leads nowhere but to the same origin, and only where the caller wants
 * that; proxies are those of the environment; no cookies, no credentials but the caller's headers; headers and bodies are not in
 * messages.
 *
 * <p>What an attacker would try: an answer without end or one byte a minute, a redirect to an address inside, a compressed bomb, a
 * certificate for another name, to have a bearer token sent to another host.
 */
package dev.muster.http.call;
