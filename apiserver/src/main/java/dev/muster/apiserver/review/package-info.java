/**
 * Questions asked by creating an object: whose token is this, who am I, may they, what may I. Nothing is stored.
 *
 * <p>{@link dev.muster.apiserver.review.Reviews} makes all of them, as {@code Creator} resources.
 *
 * <p>What must stay true: a review of somebody else is answered only to those whom RBAC allows to ask (the pipeline has seen
 * to it); the answer comes from the very chains that decide about requests; a token is in no log line and no error; a review
 * never answers "yes" because something could not be read.
 *
 * <p>What an attacker would try: a token of white space, to be taken for anonymous and so for authenticated; a token with a
 * space in it, to have the first half reviewed; a selector that cannot be read, to be judged as a narrow one; metadata, to
 * make a review look like an object.
 */
package dev.muster.apiserver.review;
