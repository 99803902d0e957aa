package dev.muster.authn.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.util.regex.Pattern;

/** Says why an expression has no value, without the values of claims: the library quotes arguments. */
final class Failures {

    private static final int LONGEST = 200;
    private static final Pattern WHERE = Pattern.compile("evaluation error at <input>:[0-9]+: ");
    private static final Pattern MISSING = Pattern.compile("key '(.*)' is not present in map\\.", Pattern.DOTALL);

    private Failures() {}

    /** @param text the expression: a key is named only if it stands there */
    static String why(CelEvaluationException failure, String text) {
        if (failure.getCause() instanceof Refusal ours) {
            return ours.getMessage();
        }
        return switch (failure.getErrorCode()) {
            case CelErrorCode.ATTRIBUTE_NOT_FOUND -> missing(failure.getMessage(), text);
            case CelErrorCode.OVERLOAD_NOT_FOUND, CelErrorCode.AMBIGUOUS_OVERLOAD -> "no such overload";
            case CelErrorCode.INDEX_OUT_OF_BOUNDS -> "index out of bounds";
            case CelErrorCode.DIVIDE_BY_ZERO -> "division by zero";
            case CelErrorCode.NUMERIC_OVERFLOW -> "integer overflow";
            case CelErrorCode.BAD_FORMAT -> "type conversion error";
            case CelErrorCode.DUPLICATE_ATTRIBUTE -> "a key given twice";
            default -> "an argument that the function does not take";
        };
    }

    private static String missing(String message, String text) {
        var named = MISSING.matcher(WHERE.matcher(message).replaceFirst(""));
        String what = named.matches() ? named.group(1) : "";
        if (what.isEmpty() || what.length() > LONGEST || !text.contains(what)) {
            return "no such key";
        }
        return "no such key: " + what;
    }
}
