package dev.muster.store.watchcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tree against {@link TreeMap}. */
final class TreeTest {

    @Test
    void itHoldsWhatATreeMapHoldsAndOldVersionsStay() {
        var random = new Random(42);
        var model = new TreeMap<Key, Integer>();
        Tree<Integer> tree = Tree.empty();
        for (int round = 0; round < 200; round++) {
            Tree<Integer> old = tree;
            List<Integer> oldValues = List.copyOf(tree.below(Key.of("/")));
            for (int i = 0; i < 50; i++) {
                Key key = key(random);
                if (random.nextInt(3) > 0) {
                    tree = tree.with(key, i);
                    model.put(key, i);
                } else {
                    tree = tree.without(key);
                    model.remove(key);
                }
                assertThat(tree.get(key).isPresent()).isEqualTo(model.containsKey(key));
            }
            assertThat(tree.isSound()).isTrue();
            assertThat(tree.size()).isEqualTo(model.size());
            assertThat(tree.below(Key.of("/"))).containsExactlyElementsOf(model.values());
            assertThat(old.below(Key.of("/"))).isEqualTo(oldValues);
        }
    }

    @Test
    void rangesAreThoseOfThePrefixByRankAndByWalk() {
        var random = new Random(7);
        var model = new TreeMap<Key, Key>();
        Tree<Key> tree = Tree.empty();
        for (int i = 0; i < 500; i++) {
            Key key = key(random);
            tree = tree.with(key, key);
            model.put(key, key);
        }
        for (int i = 0; i < 500; i++) {
            String path = key(random).path();
            Key prefix = Key.of(path.substring(0, 1 + random.nextInt(path.length())));
            var expected = model.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
            List<Key> range = tree.below(prefix);
            assertThat(new ArrayList<>(range)).isEqualTo(expected);
            for (int rank = 0; rank < expected.size(); rank++) {
                assertThat(range.get(rank)).isEqualTo(expected.get(rank));
            }
            int cut = expected.isEmpty() ? 0 : random.nextInt(expected.size());
            assertThat(range.subList(cut, expected.size())).isEqualTo(expected.subList(cut, expected.size()));
            assertThatThrownBy(() -> range.get(expected.size())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aTreeOfSortedValuesIsSound() {
        for (int size = 0; size < 300; size++) {
            var keys = new ArrayList<Key>();
            for (int i = 0; i < size; i++) {
                keys.add(Key.of("/%04d".formatted(i)));
            }
            Tree<Key> tree = Tree.ofSorted(keys, key -> key);
            assertThat(tree.isSound()).isTrue();
            assertThat(tree.below(Key.of("/"))).isEqualTo(keys);
        }
    }

    @Test
    void risingAndFallingInsertionsStayBalanced() {
        Tree<Integer> up = Tree.empty();
        Tree<Integer> down = Tree.empty();
        for (int i = 0; i < 2000; i++) {
            up = up.with(Key.of("/%04d".formatted(i)), i);
            down = down.with(Key.of("/%04d".formatted(2000 - i)), i);
        }
        assertThat(up.isSound()).isTrue();
        assertThat(down.isSound()).isTrue();
        for (int i = 0; i < 2000; i++) {
            up = up.without(Key.of("/%04d".formatted(i)));
            assertThat(up.isSound()).isTrue();
        }
        assertThat(up.size()).isZero();
    }

    @Test
    void aWalkEnds() {
        var walk =
                Tree.<String>empty().with(Key.of("/a"), "a").below(Key.of("/")).iterator();
        walk.next();
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Key key(Random random) {
        var path = new StringBuilder("/");
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            path.append("ab/é\ue000c".charAt(random.nextInt(6)));
        }
        return Key.of(path.toString());
    }
}
