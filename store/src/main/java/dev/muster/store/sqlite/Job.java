package dev.muster.store.sqlite;

import dev.muster.core.store.Mutation;
import dev.muster.core.store.Write;
import java.util.concurrent.CompletableFuture;

/** What the writer is asked to do. */
sealed interface Job {

    /** Bytes it holds while it waits. */
    long bytes();

    /** Says that it was not done. */
    void reject(String why);

    /** One mutation; its answer is given after the commit. */
    record Mutate(Mutation mutation, byte[] key, CompletableFuture<Write> answer) implements Job {

        @Override
        public long bytes() {
            return key.length + (mutation instanceof Mutation.Put put ? put.value().length : 0);
        }

        @Override
        public void reject(String why) {
            answer.complete(new Write.Rejected(why));
        }
    }

    /** Forgets history before a revision. */
    record Compact(long before, CompletableFuture<String> refusal) implements Job {

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void reject(String why) {
            refusal.complete(why);
        }
    }
}
