package dev.muster.http.serve;

/** Who may call a route. There is no default. */
public sealed interface Access {

    /** Anybody, even unauthenticated; the reason is part of the declaration. */
    record Public(String why) implements Access {}

    /** Whoever proved an identity. */
    record Authenticated() implements Access {}

    /** Whom the authorizer allows this very path or object. */
    record Authorized() implements Access {}

    /** Whoever holds a browser session of ours. */
    record BrowserSession() implements Access {}
}
