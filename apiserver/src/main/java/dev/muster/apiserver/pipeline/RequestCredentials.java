package dev.muster.apiserver.pipeline;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.PeerChain;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request presents. */
record RequestCredentials(Turn turn, Audiences wanted) implements Credentials {

    @Override
    public List<String> header(String name) {
        return turn.headers().all(name);
    }

    @Override
    public Set<String> headerNames() {
        return turn.headerNames();
    }

    @Override
    public Optional<PeerChain> peerChain() {
        return turn.peerChain();
    }

    /** The path as it is authorised and routed, not as it was spelled. */
    @Override
    public String path() {
        return turn.info().path();
    }
}
