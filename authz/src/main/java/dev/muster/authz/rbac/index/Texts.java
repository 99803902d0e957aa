package dev.muster.authz.rbac.index;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A set of texts that may be all texts. */
sealed interface Texts {

    boolean has(String text);

    /** Every text. */
    record All() implements Texts {
        @Override
        public boolean has(String text) {
            return true;
        }
    }

    /** One text, by far the most frequent case. */
    record One(String only) implements Texts {
        @Override
        public boolean has(String text) {
            return only.equals(text);
        }
    }

    /** Several, or none. */
    record Some(Set<String> texts) implements Texts {
        @Override
        public boolean has(String text) {
            return texts.contains(text);
        }
    }

    static Texts all() {
        return new All();
    }

    static Texts of(List<String> texts) {
        return texts.size() == 1 ? new One(texts.getFirst()) : new Some(new HashSet<>(texts));
    }
}
