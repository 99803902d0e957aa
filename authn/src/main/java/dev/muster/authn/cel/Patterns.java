package dev.muster.authn.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions, as RE2 has them: matching takes time in proportion to the text. What is bounded besides is the expression
 * itself, since it may come from a claim: its length, and how often nested repetitions repeat, at most a thousand times together as
 * in Go.
 */
final class Patterns {

    static final int LONGEST = 2_000;
    private static final long REPETITIONS = 1_000;
    private static final int REMEMBERED = 256;

    private static final Map<String, Pattern> KNOWN = new ConcurrentHashMap<>();

    private Patterns() {}

    static Pattern compile(String regex) {
        Pattern known = KNOWN.get(regex);
        if (known != null) {
            return known;
        }
        if (regex.length() > LONGEST) {
            throw new Refusal("a regular expression longer than " + LONGEST + " characters");
        }
        if (repetitions(regex) > REPETITIONS) {
            throw new Refusal("a regular expression that repeats more than " + REPETITIONS + " times");
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            // Those that stand in expressions come first and stay; those that come from claims must not fill the
            // memory.
            if (KNOWN.size() < REMEMBERED) {
                KNOWN.put(regex, pattern);
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new Refusal("error parsing regexp: " + e.getDescription());
        }
    }

    /** The largest product of counts that lie in one another. */
    private static long repetitions(String regex) {
        var outer = new ArrayDeque<Long>();
        long inside = 1;
        long last = 1;
        for (int i = 0; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> {
                    i++;
                    last = 1;
                }
                case '[' -> {
                    i = endOfClass(regex, i);
                    last = 1;
                }
                case '(' -> {
                    outer.push(inside);
                    inside = 1;
                    last = 1;
                }
                case ')' -> {
                    last = inside;
                    inside = Math.max(outer.isEmpty() ? 1 : outer.pop(), last);
                }
                case '{' -> {
                    last = Math.min(last * Math.max(1, count(regex, i)), REPETITIONS + 1);
                    inside = Math.max(inside, last);
                }
                case '}', '?', '*', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ',' -> {
                    // a count goes on, or what it counts is repeated without one
                }
                default -> last = 1;
            }
        }
        return inside;
    }

    private static int endOfClass(String regex, int at) {
        int i = at + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        if (i < regex.length() && regex.charAt(i) == ']') {
            i++;
        }
        for (; i < regex.length() && regex.charAt(i) != ']'; i++) {
            if (regex.charAt(i) == '\\') {
                i++;
            }
        }
        return i;
    }

    /** The larger number of {@code {n}}, {@code {n,}} or {@code {n,m}}; 1 where it is no count. */
    private static long count(String regex, int at) {
        long largest = 0;
        long number = 0;
        for (int i = at + 1; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + c - '0', REPETITIONS + 1);
            } else if (c == ',' || c == '}') {
                largest = Math.max(largest, number);
                number = 0;
                if (c == '}') {
                    return largest;
                }
            } else {
                return 1;
            }
        }
        return 1;
    }
}
