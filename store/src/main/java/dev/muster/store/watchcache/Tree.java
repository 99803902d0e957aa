package dev.muster.store.watchcache;

import dev.muster.core.store.Key;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sorted map that never changes: putting and removing give a new one that shares all but a path with the old. A
 * weight-balanced tree; sizes give ranges as list views without copying.
 *
 * <p>Balance after Hirai and Yamamoto, "Balancing weight-balanced trees" (2011), with their parameters 3 and 2.
 */
final class Tree<V> {

    private static final int DELTA = 3;
    private static final int GAMMA = 2;

    private final Node<V> root;

    private Tree(Node<V> root) {
        this.root = root;
    }

    static <V> Tree<V> empty() {
        return new Tree<>(null);
    }

    /** A tree of values in strictly rising key order. */
    static <V> Tree<V> ofSorted(List<V> values, Function<V, Key> key) {
        return new Tree<>(ofSorted(values, key, 0, values.size()));
    }

    private static <V> Node<V> ofSorted(List<V> values, Function<V, Key> key, int from, int to) {
        if (from == to) {
            return null;
        }
        int middle = (from + to) >>> 1;
        V value = values.get(middle);
        return node(
                key.apply(value), value, ofSorted(values, key, from, middle), ofSorted(values, key, middle + 1, to));
    }

    private record Node<V>(Key key, V value, Node<V> left, Node<V> right, int size) {}

    int size() {
        return size(root);
    }

    Optional<V> get(Key key) {
        Node<V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    Tree<V> with(Key key, V value) {
        return new Tree<>(put(root, key, value));
    }

    Tree<V> without(Key key) {
        Node<V> removed = remove(root, key);
        return removed == root ? this : new Tree<>(removed);
    }

    /** The values whose keys start with the prefix, in key order: a view, and this tree does not change. */
    List<V> below(Key prefix) {
        int from = rank(prefix, false);
        int to = rank(prefix, true);
        return new Range<>(root, from, to);
    }

    /** How many keys lie before all that start with the prefix, or before the first beyond them. */
    private int rank(Key prefix, boolean beyond) {
        int rank = 0;
        Node<V> node = root;
        while (node != null) {
            boolean before = node.key.compareTo(prefix) < 0 || (beyond && node.key.startsWith(prefix));
            if (before) {
                rank += size(node.left) + 1;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return rank;
    }

    private static int size(Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private static <V> Node<V> node(Key key, V value, Node<V> left, Node<V> right) {
        return new Node<>(key, value, left, right, size(left) + size(right) + 1);
    }

    private static <V> Node<V> put(Node<V> node, Key key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null, 1);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right, node.size);
        }
        return order < 0
                ? balanced(node.key, node.value, put(node.left, key, value), node.right)
                : balanced(node.key, node.value, node.left, put(node.right, key, value));
    }

    private static <V> Node<V> remove(Node<V> node, Key key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            Node<V> left = remove(node.left, key);
            return left == node.left ? node : balanced(node.key, node.value, left, node.right);
        }
        if (order > 0) {
            Node<V> right = remove(node.right, key);
            return right == node.right ? node : balanced(node.key, node.value, node.left, right);
        }
        if (node.left == null) {
            return node.right;
        }
        if (node.right == null) {
            return node.left;
        }
        Node<V> successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor.key, successor.value, node.left, remove(node.right, successor.key));
    }

    /** A node of two trees of which one may have become too heavy by one change. */
    private static <V> Node<V> balanced(Key key, V value, Node<V> left, Node<V> right) {
        if (tooHeavy(right, left)) {
            return isSingle(right.left, right.right)
                    ? node(right.key, right.value, node(key, value, left, right.left), right.right)
                    : node(
                            right.left.key,
                            right.left.value,
                            node(key, value, left, right.left.left),
                            node(right.key, right.value, right.left.right, right.right));
        }
        if (tooHeavy(left, right)) {
            return isSingle(left.right, left.left)
                    ? node(left.key, left.value, left.left, node(key, value, left.right, right))
                    : node(
                            left.right.key,
                            left.right.value,
                            node(left.key, left.value, left.left, left.right.left),
                            node(key, value, left.right.right, right));
        }
        return node(key, value, left, right);
    }

    private static boolean tooHeavy(Node<?> heavy, Node<?> light) {
        return size(heavy) + 1 > DELTA * (size(light) + 1);
    }

    private static boolean isSingle(Node<?> inner, Node<?> outer) {
        return size(inner) + 1 < GAMMA * (size(outer) + 1);
    }

    /** Whether sizes and balance are as they must be, for tests. */
    boolean isSound() {
        return isSound(root);
    }

    private static boolean isSound(Node<?> node) {
        return node == null
                || (node.size == size(node.left) + size(node.right) + 1
                        && !tooHeavy(node.left, node.right)
                        && !tooHeavy(node.right, node.left)
                        && isSound(node.left)
                        && isSound(node.right));
    }

    /** The values from one rank to another. Not {@code RandomAccess}: streams are to walk, not to search by rank. */
    private static final class Range<V> extends AbstractList<V> {

        private final Node<V> root;
        private final int from;
        private final int to;

        Range(Node<V> root, int from, int to) {
            this.root = root;
            this.from = from;
            this.to = to;
        }

        @Override
        public int size() {
            return to - from;
        }

        @Override
        public V get(int index) {
            int rank = Objects.checkIndex(index, size()) + from;
            Node<V> node = root;
            while (true) {
                int left = Tree.size(node.left);
                if (rank == left) {
                    return node.value;
                }
                if (rank < left) {
                    node = node.left;
                } else {
                    rank -= left + 1;
                    node = node.right;
                }
            }
        }

        @Override
        public Iterator<V> iterator() {
            return new Walk<>(root, from, size());
        }

        @Override
        public List<V> subList(int start, int end) {
            Objects.checkFromToIndex(start, end, size());
            return new Range<>(root, from + start, from + end);
        }
    }

    /** In order from a rank on, in constant time a step on average. */
    private static final class Walk<V> implements Iterator<V> {

        private final ArrayDeque<Node<V>> pending = new ArrayDeque<>();
        private int left;

        Walk(Node<V> root, int from, int count) {
            this.left = count;
            Node<V> node = root;
            int rank = from;
            while (node != null && count > 0) {
                int before = Tree.size(node.left);
                if (rank <= before) {
                    pending.push(node);
                    node = node.left;
                } else {
                    rank -= before + 1;
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public V next() {
            if (left-- <= 0) {
                throw new NoSuchElementException();
            }
            Node<V> node = pending.pop();
            for (Node<V> down = node.right; down != null; down = down.left) {
                pending.push(down);
            }
            return node.value;
        }
    }
}
