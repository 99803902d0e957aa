package dev.muster.authn.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a ledger in the store: certificates whose ids begin alike under one key, so that many uses are few writes. What another
 * server has written meanwhile is added, never lost. One thread at a time.
 */
public final class LedgerKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
    private static final Key PREFIX = Key.of("/muster/certificates/");
    private static final int TRIES = 3;

    private final Store store;
    private final Ledger ledger;
    private final Map<String, Revision> written = new HashMap<>();
    private boolean complained;

    public LedgerKeeper(Store store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** Reads what was kept. What cannot be read is said and left out: it is no reason not to start. */
    public void load() {
        try {
            if (store.list(PREFIX, Optional.empty(), Revision.NONE, 0) instanceof Listing.Page page) {
                page.entries().forEach(this::recall);
            }
        } catch (StoreException e) {
            LOG.warn("the uses of certificates cannot be read: {}", e.getMessage());
        }
    }

    /** Writes what has changed since the last time. */
    public void flush() {
        ledger.sweep();
        for (String bucket : ledger.takeChanged()) {
            boolean done = false;
            try {
                for (int i = 0; i < TRIES && !done; i++) {
                    done = write(bucket);
                }
            } catch (StoreException e) {
                complain(e.getMessage());
            }
            if (!done) {
                ledger.stillChanged(bucket);
            }
        }
    }

    private boolean write(String bucket) {
        var key = Key.of(PREFIX.path() + bucket);
        var expected = written.getOrDefault(bucket, Revision.NONE);
        var entries = ledger.bucket(bucket);
        if (entries.isEmpty() && expected.equals(Revision.NONE)) {
            return true;
        }
        var outcome = store.write(
                entries.isEmpty()
                        ? new Mutation.Delete(key, expected)
                        : new Mutation.Put(key, Json.write(json(entries)), expected));
        switch (outcome) {
            case Write.Done done -> {
                written.put(bucket, entries.isEmpty() ? Revision.NONE : done.revision());
                complained = false;
                return true;
            }
            case Write.Conflict conflict ->
                conflict.actual().ifPresentOrElse(this::recall, () -> written.remove(bucket));
            case Write.Rejected rejected -> complain(rejected.why());
            // Whether it came about shows when it is tried again.
            case Write.Unknown unknown -> complain(String.valueOf(unknown.cause()));
        }
        return false;
    }

    private static JsonNode json(List<dev.muster.authn.ledger.Entry> entries) {
        var all = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> all.add(EntryJson.write(entry)));
        return all;
    }

    private void recall(Entry stored) {
        String bucket = stored.key().path().substring(PREFIX.path().length());
        written.put(bucket, stored.modified());
        try {
            for (JsonNode one : Json.parse(stored.value()).value()) {
                var entry = EntryJson.read(one);
                if (!entry.id().startsWith(bucket)) {
                    throw new IllegalArgumentException(entry.id() + " does not belong there");
                }
                ledger.recall(entry);
            }
        } catch (RuntimeException e) {
            LOG.warn("what is stored of certificates under {} is damaged and left out: {}", bucket, e.getMessage());
        }
    }

    private void complain(String why) {
        if (!complained) {
            LOG.warn("the uses of certificates cannot be written, and are tried again: {}", why);
            complained = true;
        }
    }
}
