/**
 * From what a request asks for to the resource and verb that answer it.
 *
 * <p>{@code new ResourceRouter(new Resources(all), kinds, responder, clock)} is the {@link
 * dev.muster.apiserver.request.ApiHandler} for every request whose {@link dev.muster.apiserver.request.RequestInfo} names API
 * objects. It is called on the event loop.
 *
 * <p>What must stay true: only what {@link dev.muster.apiserver.request.RequestInfo} says decides; a namespaced path never reaches
 * a cluster-scoped resource nor the reverse (CVE-2019-11247); a verb is served exactly when the resource has the capability.
 *
 * <p>What an attacker would try: paths with segments too many or too few, so that what was authorised is not what is served.
 */
package dev.muster.apiserver.route;
