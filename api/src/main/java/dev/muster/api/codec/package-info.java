/**
 * Bodies in and out: JSON, YAML, protobuf.
 *
 * <p>What must stay true: every parser is bounded in depth, size and expansion, fuzzed, and ends in a value or
 * {@link dev.muster.api.codec.MalformedBody}; the three forms of one object read to the same tree.
 *
 * <p>What an attacker would try: nesting, duplicate keys, alias bombs, huge lengths, invalid UTF-8, bodies two readers
 * understand differently.
 */
package dev.muster.api.codec;
