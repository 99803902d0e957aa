package dev.muster.apiserver.impersonate;

/**
 * One permission that was looked for, in a sentence for operators.
 *
 * @param what {@code impersonate users "jane"}, or {@code impersonate-on:user-info:list pods in namespace "default"}
 * @param allowed the answer
 */
public record Check(String what, boolean allowed) {}
