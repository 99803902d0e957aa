/**
 * What a pod refers to: secrets, config maps, volume claims, resource claims, its account.
 *
 * <p>What must stay true: every way in which a pod can name such an object is read, and read here alone, so that what a node may
 * read, what a mirror pod may not name and what counts as in use never disagree.
 *
 * <p>What an attacker would try: a reference in a corner that one reader forgets: an ephemeral container, a whole environment, an
 * old volume driver (CVE-2023-2728, CVE-2024-3177), a claim in the status (CVE-2025-4563).
 */
package dev.muster.api.pod;
