package dev.muster.authz.rbac.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StringMapTest {

    @Test
    void itAnswersAsAHashMapThroughAllItsVersions() {
        for (long seed = 0; seed < 20; seed++) {
            StringMapComparison.run(seed, 200, 12);
            StringMapComparison.run(seed, 300, 500);
        }
    }

    @Test
    void keysOfOneHashStayQuick() {
        // 4,096 texts with one hash code: whoever may write bindings may write these.
        Map<String, Integer> all = new HashMap<>();
        for (int i = 0; i < 4_096; i++) {
            var key = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            all.put(key.toString(), i);
        }
        assertThat(all.keySet().stream().map(String::hashCode).distinct()).hasSize(1);
        var map = StringMap.of(all);
        all.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        assertThat(map.get("AaAa")).isNull();
    }
}
