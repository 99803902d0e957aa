package dev.muster.authz.rbac.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generated changes of a {@link StringMap} against a hash map; older versions must stay as they were. */
public final class StringMapComparison {

    private record Version(StringMap<Integer> map, Map<String, Integer> model) {}

    private StringMapComparison() {}

    /** Throws what differs. */
    public static void run(long seed, int changes, int keys) {
        var random = new Random(seed);
        var first = new HashMap<String, Integer>();
        for (int i = random.nextInt(keys); i > 0; i--) {
            first.put(key(random, keys), i);
        }
        List<Version> versions = new ArrayList<>();
        versions.add(new Version(StringMap.of(first), first));
        for (int i = 0; i < changes; i++) {
            Version last = versions.getLast();
            String key = key(random, keys);
            var model = new HashMap<>(last.model);
            if (random.nextInt(3) == 0) {
                model.remove(key);
                versions.add(new Version(last.map.with(key, null), model));
            } else {
                model.put(key, i);
                versions.add(new Version(last.map.with(key, i), model));
            }
        }
        versions.forEach(version -> check(version, keys));
    }

    /** Two keys in three share their hash with others. */
    private static String key(Random random, int keys) {
        return name(random.nextInt(keys));
    }

    private static String name(int i) {
        return switch (i % 3) {
            case 0 -> "Aa" + i / 3;
            case 1 -> "BB" + i / 3;
            default -> "c" + i / 3;
        };
    }

    private static void check(Version version, int keys) {
        var all = new HashMap<String, Integer>();
        version.map.forEach((key, value) -> {
            if (all.put(key, value) != null) {
                throw new AssertionError("twice: " + key);
            }
        });
        boolean same = all.equals(version.model) && version.map.size() == version.model.size();
        for (int i = 0; i < keys; i++) {
            Integer expected = version.model.get(name(i));
            same &= expected == null ? version.map.get(name(i)) == null : expected.equals(version.map.get(name(i)));
        }
        if (!same) {
            throw new AssertionError("expected " + version.model + " but was " + all + " size " + version.map.size());
        }
    }
}
