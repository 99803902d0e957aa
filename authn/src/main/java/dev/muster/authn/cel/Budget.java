package dev.muster.authn.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what the judging of one expression costs, value by value, and ends it when it is too much. Every value that a part of an
 * expression gives passes here, so that strings and lists that grow by doubling are seen at every doubling; lists that hold one
 * another are counted as deep as they are, since comparing them costs that much.
 */
final class Budget implements CelEvaluationListener {

    /** A single value: characters by sixteen, and elements however deep. */
    private static final long LARGEST_VALUE = 100_000;

    private static final int LOOK_AT_THE_CLOCK_EVERY = 64;

    /** Ends the judging. An error, since the language's {@code ||} and {@code &&} swallow exceptions. */
    static final class Spent extends Error {
        private static final long serialVersionUID = 1L;

        Spent(String message) {
            super(message, null, false, false);
        }
    }

    private record Size(int counted, long deep) {}

    private final Work work;
    private final long begun = System.nanoTime();
    private long spent;
    private int calls;
    private Map<Object, Size> sizes;

    Budget(Work work) {
        this.work = work;
    }

    @Override
    public void callback(CelExpr part, Object value) {
        switch (value) {
            case String text -> spend(1 + value(text.length() >> 4));
            case ClaimsView _ -> spend(1);
            case List<?> _, Map<?, ?> _ -> {
                spend(1);
                value(deep(value));
            }
            case null, default -> spend(1);
        }
        if (++calls % LOOK_AT_THE_CLOCK_EVERY == 0
                && System.nanoTime() - begun > work.longest().toNanos()) {
            throw new Spent("took longer than " + work.longest().toMillis() + " ms");
        }
    }

    private void spend(long units) {
        spent += units;
        if (spent > work.units()) {
            throw new Spent("operation cancelled: actual cost limit exceeded");
        }
    }

    private static long value(long size) {
        if (size > LARGEST_VALUE) {
            throw new Spent("a value grew too large");
        }
        return size;
    }

    /** Each list and map is counted once, and where it has grown since, by what came new. */
    private long deep(Object value) {
        if (value instanceof String text) {
            return 1 + (text.length() >> 4);
        }
        if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>) || value instanceof ClaimsView) {
            return 1;
        }
        if (sizes == null) {
            sizes = new IdentityHashMap<>();
        }
        var known = sizes.getOrDefault(value, new Size(0, 1));
        Collection<?> elements = value instanceof List<?> list ? list : ((Map<?, ?>) value).values();
        int size = elements.size();
        if (size == known.counted) {
            return known.deep;
        }
        // The library's lists of loops grow in place and can only be walked from their beginning.
        spend(known.counted >> 6);
        long deep = known.deep;
        var rest = elements.iterator();
        for (int i = 0; rest.hasNext(); i++) {
            Object element = rest.next();
            if (i >= known.counted) {
                spend(1);
                deep = value(deep + deep(element));
            }
        }
        sizes.put(value, new Size(size, deep));
        return deep;
    }
}
