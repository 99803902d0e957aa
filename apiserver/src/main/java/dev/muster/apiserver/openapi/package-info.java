/**
 * OpenAPI v3, generated from the kinds and the resources served: {@code /openapi/v3} and one document for each group version.
 * kubectl reads from it how to patch, whether the server validates fields, and what to explain.
 *
 * <p>What must stay true: documents follow from the same description as the codecs and the verbs; they are built once, off the
 * event loop, and sent as bytes.
 *
 * <p>What an attacker would try: make the server build large documents again and again; they are built once.
 */
package dev.muster.apiserver.openapi;
