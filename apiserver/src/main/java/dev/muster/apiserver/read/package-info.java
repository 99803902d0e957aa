/**
 * Reading: one object, and lists of them.
 *
 * <p>Reads come from the cache and see every write this process has acknowledged. One object is answered on the event loop with
 * bytes that are ready; long lists are put together from the objects' ready bytes on the lane for work that burns CPU.
 *
 * <p>What must stay true: a selector that cannot be read is an error, never everything; a continue token leads nowhere outside of
 * what the request was authorised for; a list is of one revision.
 *
 * <p>What an attacker would try: continue tokens made by hand, resource versions of the far future to tie up threads, lists of
 * everything again and again.
 */
package dev.muster.apiserver.read;
