/**
 * The folder where one process keeps everything: keys, store, kubeconfigs.
 *
 * <p>What must stay true: what is secret is 0600 in a 0700 folder; files are replaced whole or not at all; one process at a time.
 *
 * <p>What an attacker would try: a link planted where a key will be written, a folder others can write to.
 */
package dev.muster.server.datadir;
