/**
 * Writing: create, update, patch, delete, delete a collection.
 *
 * <p>Bodies are JSON, YAML or protobuf. What they say of their kind must agree with the URL; unknown and duplicate fields are
 * refused, warned of or ignored as {@code fieldValidation} says, and are never stored. Writes run where waiting is allowed.
 *
 * <p>What must stay true: nothing is changed by a dry run; an option nobody knows is an error and not a write.
 *
 * <p>What an attacker would try: a body of another kind than the one authorised, options in the body that contradict the query,
 * bodies made to be slow to decode.
 */
package dev.muster.apiserver.write;
