/**
 * The service account {@code default} of every namespace.
 *
 * <p>What must stay true: every active namespace has one; one that is deleted comes back as another, with another uid; a namespace
 * that goes gets none.
 *
 * <p>What an attacker would try: delete it over and over; each time costs them one request and us one write.
 */
package dev.muster.apiserver.controllers.defaultaccounts;
