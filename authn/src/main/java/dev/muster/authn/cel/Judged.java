package dev.muster.authn.cel;

import java.util.List;

/** What came of an expression. */
public sealed interface Judged {

    /** A verdict. */
    record Bool(boolean value) implements Judged {}

    /** A string. */
    record Text(String value) implements Judged {}

    /** Strings; those that were empty are left out. */
    record Texts(List<String> values) implements Judged {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /**
     * No value.
     *
     * @param why for operators; bounded, on one line, and without the values of claims
     */
    record Failed(String why) implements Judged {}

    /** More work than was allowed. */
    record TooMuch(String why) implements Judged {}
}
