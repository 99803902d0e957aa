package dev.muster.api.identity;

/** The names of our own group. */
public final class IdentityGroup {

    public static final String NAME = "identity.muster.dev";

    public static final String V1ALPHA1 = "v1alpha1";

    private IdentityGroup() {}
}
