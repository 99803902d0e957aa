/**
 * Takes away signing requests that have been dealt with, or that nobody has dealt with.
 *
 * <p>What must stay true: what was issued an hour ago is gone, its certificate is not: it stays valid until it expires.
 *
 * <p>What an attacker would try: fill the store with requests; who may create them can, for a day.
 */
package dev.muster.apiserver.controllers.csrcleaner;
