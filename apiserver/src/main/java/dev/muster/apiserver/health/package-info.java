/**
 * Whether this server lives and is ready, which version it is, and which paths it has: {@code /healthz}, {@code /livez},
 * {@code /readyz}, {@code /version}, {@code /}, {@code /metrics}, in kube-apiserver's forms.
 *
 * <p>{@link dev.muster.apiserver.health.FrontPaths} puts them together with the paths of others.
 *
 * <p>What must stay true: the overview names checks and never says why one failed, since everybody may read it; the reason is on
 * the check's own path, which RBAC gives to few, and in the log. A server that is shutting down is alive and not ready.
 *
 * <p>What an attacker would try: learn of the inside from a failing check, exclude the check that would show the failure, fill
 * the log by asking again and again.
 */
package dev.muster.apiserver.health;
