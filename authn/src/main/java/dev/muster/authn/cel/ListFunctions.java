package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.muster.authn.cel.Overload.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes' functions of lists, and {@code lists.range} with a bound. */
final class ListFunctions {

    /** Elements that a function makes at most. */
    private static final int LONGEST = 10_000;

    private static final CelType T = TypeParamType.create("T");
    private static final CelType LIST = ListType.create(T);
    private static final Arguments<List<?>, Object> ELEMENT = element();

    private ListFunctions() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Arguments<List<?>, Object> element() {
        return new Arguments<>((Class) List.class, Object.class);
    }

    static List<Overload> all() {
        return List.of(
                Overload.member("isSorted", "list_is_sorted", BOOL, LIST, List.class, ListFunctions::isSorted),
                Overload.member("sum", "list_sum", T, LIST, List.class, ListFunctions::sum),
                Overload.member("min", "list_min", T, LIST, List.class, list -> extreme(list, -1, "min")),
                Overload.member("max", "list_max", T, LIST, List.class, list -> extreme(list, 1, "max")),
                Overload.member(
                        "indexOf",
                        "list_index_of",
                        INT,
                        List.of(LIST, T),
                        ELEMENT,
                        (list, element) -> index(list, element, 1)),
                Overload.member(
                        "lastIndexOf",
                        "list_last_index_of",
                        INT,
                        List.of(LIST, T),
                        ELEMENT,
                        (list, element) -> index(list, element, -1)),
                Overload.global(
                        "lists.range", "lists_range", ListType.create(INT), INT, Long.class, ListFunctions::range));
    }

    private static Object isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        Object sum = null;
        for (Object element : list) {
            sum = sum == null ? element : plus(sum, element);
        }
        if (sum != null && !(sum instanceof Number) && !(sum instanceof Duration)) {
            throw new Refusal("sum of something else than numbers or durations");
        }
        return sum == null ? (Object) 0L : sum;
    }

    private static Object plus(Object a, Object b) {
        try {
            return switch (a) {
                case Long x when b instanceof Long y -> Math.addExact(x, y);
                case Double x when b instanceof Double y -> x + y;
                case UnsignedLong x when b instanceof UnsignedLong y -> x.plus(y);
                case Duration x when b instanceof Duration y -> x.plus(y);
                default -> throw new Refusal("sum of something else than numbers or durations");
            };
        } catch (ArithmeticException e) {
            throw new Refusal("integer overflow");
        }
    }

    private static Object extreme(List<?> list, int direction, String name) {
        if (list.isEmpty()) {
            throw new Refusal(name + " called on empty list");
        }
        Object found = list.getFirst();
        for (Object element : list) {
            if (compare(element, found) * direction > 0) {
                found = element;
            }
        }
        return found;
    }

    private static int compare(Object a, Object b) {
        return switch (a) {
            case String x when b instanceof String y -> byCodePoint(x, y);
            case Number x
            when b instanceof Number y && x.getClass() != y.getClass() ->
                Double.compare(x.doubleValue(), y.doubleValue());
            case Comparable<?> x when a.getClass() == b.getClass() -> natural(x, b);
            default -> throw new Refusal("values that have no order");
        };
    }

    /** As Go compares the bytes of UTF-8. */
    private static int byCodePoint(String a, String b) {
        return java.util.Arrays.compareUnsigned(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static <X> int natural(Comparable<X> a, Object b) {
        return a.compareTo((X) b);
    }

    private static Object index(List<?> list, Object element, int step) {
        int from = step > 0 ? 0 : list.size() - 1;
        for (int i = from; i >= 0 && i < list.size(); i += step) {
            Object other = list.get(i);
            boolean same = other instanceof Number x && element instanceof Number y && x.getClass() != y.getClass()
                    ? x.doubleValue() == y.doubleValue()
                    : other.equals(element);
            if (same) {
                return (long) i;
            }
        }
        return -1L;
    }

    private static Object range(long end) {
        if (end > LONGEST) {
            throw new Budget.Spent("lists.range of more than " + LONGEST);
        }
        var list = new ArrayList<Long>();
        for (long i = 0; i < end; i++) {
            list.add(i);
        }
        return list;
    }
}
