package dev.muster.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.testkit.store.StoreInvariants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} amid writes, again and again: every acknowledged write is there. */
@Timeout(120)
final class KilledTest {

    private static final int ROUNDS = 8;

    @TempDir
    private Path folder;

    @Test
    void everyAcknowledgedWriteSurvivesKill9() throws Exception {
        var acknowledged = new HashMap<Key, Long>();
        var random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged.size();
            writeAndKill(round, 100 + random.nextInt(700), acknowledged);
            assertThat(acknowledged.size() - before)
                    .as("writes of round %s", round)
                    .isPositive();
            try (var store = SqliteStore.open(folder, SqliteOptions.DEFAULT)) {
                for (Map.Entry<Key, Long> one : acknowledged.entrySet()) {
                    Entry entry = store.get(one.getKey()).orElseThrow(() -> new AssertionError(one + " is lost"));
                    assertThat(entry.modified().value()).isEqualTo(one.getValue());
                    String id = one.getKey().path().substring("/k/".length());
                    assertThat(new String(entry.value(), StandardCharsets.US_ASCII))
                            .isEqualTo("<" + id + ">");
                }
                if (round == ROUNDS - 1) {
                    StoreInvariants.check(store);
                }
                if (round % 3 == 1) {
                    store.compact(store.revision());
                }
            }
        }
    }

    /** Kills the child after some acknowledgements, and hears what it had still said. */
    private void writeAndKill(int round, int after, Map<Key, Long> acknowledged) throws Exception {
        Process child = Children.java(
                List.of(),
                WritingChild.class,
                folder.toString(),
                "r" + round,
                "4",
                Integer.toString(Integer.MAX_VALUE));
        try (var lines = Children.lines(child)) {
            int heard = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (++heard == after) {
                    child.toHandle().destroyForcibly();
                }
                String[] parts = line.split(" ");
                if (parts[0].equals("ACK") && parts.length == 3 && !parts[2].isEmpty()) {
                    String id = parts[1].substring(1, parts[1].length() - 1);
                    acknowledged.put(Key.of("/k/" + id), Long.parseLong(parts[2]));
                }
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        assertThat(child.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
    }
}
