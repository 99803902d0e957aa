/**
 * What a request asks for, read from its URL alone, once.
 *
 * <p>{@link dev.muster.apiserver.request.RequestInfoParser} makes a {@link dev.muster.apiserver.request.RequestInfo} of a
 * request line; it goes with the exchange and the user in an {@link dev.muster.apiserver.request.ApiCall} to an
 * {@link dev.muster.apiserver.request.ApiHandler}.
 *
 * <p>What must stay true: the reading that is authorised is the reading that is routed. So the path is decoded once, here;
 * nothing behind this point looks at the raw path, cleans, folds or decodes again. A resource is found by what RequestInfo
 * says, and a RequestInfo whose namespace does not fit the resource's scope is 404.
 *
 * <p>What an attacker would try: encoded slashes (refused), doubled slashes (kept as empty segments, which no resource has),
 * dots (ordinary text, which no object may be called), a namespaced path for a cluster-scoped resource (CVE-2019-11247), a
 * name that is a path.
 */
package dev.muster.apiserver.request;
