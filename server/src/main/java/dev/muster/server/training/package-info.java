/**
 * A short life for the AOT cache: start, serve a few requests, end; what was loaded and linked is remembered for later starts.
 *
 * <p>What must stay true: it works in a folder of its own and listens on loopback; nothing of it is kept but the cache.
 *
 * <p>What an attacker would try: nothing; it is run by the build.
 */
package dev.muster.server.training;
