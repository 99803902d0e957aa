/**
 * The kinds, described once: generated from Kubernetes' protobuf descriptors at build time, plus a hand-kept table of facts.
 * Codecs, strict validation, discovery, OpenAPI, tables and merging all follow from this description.
 *
 * <p>What must stay true: no kind is described twice; the generated protobuf classes never meet a stranger's bytes.
 *
 * <p>What an attacker would try: a field that one reader knows and another ignores.
 */
package dev.muster.api.kinds;
