/** Puts faults into classes to see whether tests notice. */
package dev.muster.authz.mutation;
