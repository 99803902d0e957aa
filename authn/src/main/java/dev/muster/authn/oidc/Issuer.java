package dev.muster.authn.oidc;

/** An issuer, and what is made of the claims it signs. */
public record Issuer(IssuerSettings settings, ClaimRules rules) {}
