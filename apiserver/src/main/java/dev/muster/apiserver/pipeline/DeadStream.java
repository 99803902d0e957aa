package dev.muster.apiserver.pipeline;

import dev.muster.http.serve.Stream;

/** What a handler gets that wanted to begin a stream after its time was up. */
enum DeadStream implements Stream {
    INSTANCE;

    @Override
    public void write(byte[] bytes) {}

    @Override
    public long queued() {
        return 0;
    }

    @Override
    public void end() {}

    @Override
    public void reset() {}
}
