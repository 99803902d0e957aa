/**
 * Patches as requests: which form a body is in, and what it makes of an object.
 *
 * <p>What must stay true: the result of a patch is checked as a whole body would be; an error quotes the patch, never the object
 * it met.
 *
 * <p>What an attacker would try: a patch that changes the object's kind or name, or that grows it without end.
 */
package dev.muster.apiserver.patch;
