/**
 * What a request asks for, read from its URL alone.
 *
 * <p>What must stay true: the reading that is authorised is the reading that is routed; no decoding, cleaning or folding in
 * between.
 *
 * <p>What an attacker would try: encoded slashes, doubled slashes, a namespaced path for a cluster-scoped resource
 * (CVE-2019-11247), a name that is a path.
 */
package dev.muster.apiserver.request;
