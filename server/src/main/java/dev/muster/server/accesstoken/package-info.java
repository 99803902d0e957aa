/**
 * {@code muster token}: people make, list and delete their own access tokens.
 *
 * <p>What must stay true: standard output carries the token and nothing else, and only where it was made; a file with it is 0600
 * and never written over.
 *
 * <p>What an attacker would try: lay a link where the file will be; put control characters into a description.
 */
package dev.muster.server.accesstoken;
