package dev.muster.core.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request presents, before anything of it is believed. Header names are compared without regard to case. */
public interface Credentials {

    /** All values of a header in the order received; never split at commas, never merged; empty when absent. */
    List<String> header(String name);

    /** The header names present, in lower case. */
    Set<String> headerNames();

    /** The certificates of the TLS peer, with possession of the first one's key proved and nothing else judged. */
    Optional<PeerChain> peerChain();

    /** The path that will be authorised and routed: percent-encoding undone once, nothing else; without the query. */
    String path();

    /** The audiences the front door wants; unspecified when it does not care. */
    Audiences wanted();
}
