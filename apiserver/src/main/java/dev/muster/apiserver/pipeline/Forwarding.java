package dev.muster.apiserver.pipeline;

import dev.muster.core.identity.PeerChain;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Headers;
import dev.muster.http.serve.Query;
import java.net.InetSocketAddress;
import java.util.Optional;

/** An exchange on top of another: what the request says is what it says there. */
abstract class Forwarding implements Exchange {

    final Exchange wire;

    Forwarding(Exchange wire) {
        this.wire = wire;
    }

    @Override
    public String method() {
        return wire.method();
    }

    @Override
    public String path() {
        return wire.path();
    }

    @Override
    public String rawQuery() {
        return wire.rawQuery();
    }

    @Override
    public Query query() {
        return wire.query();
    }

    @Override
    public Headers headers() {
        return wire.headers();
    }

    @Override
    public int httpVersion() {
        return wire.httpVersion();
    }

    @Override
    public InetSocketAddress remote() {
        return wire.remote();
    }

    @Override
    public Optional<PeerChain> peerChain() {
        return wire.peerChain();
    }

    @Override
    public void onClosed(Runnable action) {
        wire.onClosed(action);
    }

    @Override
    public <T> void put(Slot<T> slot, T value) {
        wire.put(slot, value);
    }

    @Override
    public <T> Optional<T> get(Slot<T> slot) {
        return wire.get(slot);
    }
}
