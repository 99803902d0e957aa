package dev.muster.api.meta;

import dev.muster.api.meta.Status.Cause;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What can be wrong with a field, in the words and with the machine-readable reasons of Kubernetes' field errors.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field">package field</a>
 */
public final class FieldErrors {

    /** What is said of a field that must keep its value. */
    public static final String IMMUTABLE = "field is immutable";

    private FieldErrors() {}

    public static Cause required(FieldPath path, String detail) {
        return cause("FieldValueRequired", "Required value", detail, path);
    }

    /** The value is shown: never give a secret here. */
    public static Cause invalid(FieldPath path, Object value, String detail) {
        return cause("FieldValueInvalid", "Invalid value: " + GoText.value(value), detail, path);
    }

    public static Cause typeInvalid(FieldPath path, Object value, String detail) {
        return cause("FieldValueTypeInvalid", "Invalid value: " + GoText.value(value), detail, path);
    }

    public static Cause immutable(FieldPath path, Object value) {
        return invalid(path, value, IMMUTABLE);
    }

    public static Cause notSupported(FieldPath path, Object value, List<String> supported) {
        String detail = supported.isEmpty()
                ? ""
                : "supported values: " + supported.stream().map(GoText::quote).collect(Collectors.joining(", "));
        return cause("FieldValueNotSupported", "Unsupported value: " + GoText.value(value), detail, path);
    }

    public static Cause duplicate(FieldPath path, Object value) {
        return cause("FieldValueDuplicate", "Duplicate value: " + GoText.value(value), "", path);
    }

    public static Cause notFound(FieldPath path, Object value) {
        return cause("FieldValueNotFound", "Not found: " + GoText.value(value), "", path);
    }

    public static Cause forbidden(FieldPath path, String detail) {
        return cause("FieldValueForbidden", "Forbidden", detail, path);
    }

    /** Counts bytes of UTF-8. */
    public static Cause tooLong(FieldPath path, int most) {
        return cause(
                "FieldValueTooLong",
                "Too long",
                "may not be more than " + most + (most == 1 ? " byte" : " bytes"),
                path);
    }

    public static Cause tooMany(FieldPath path, int actual, int most) {
        String detail = "must have at most " + most + (most == 1 ? " item" : " items");
        return cause("FieldValueTooMany", "Too many: " + actual, detail, path);
    }

    public static Cause internal(FieldPath path, String detail) {
        return cause("InternalError", "Internal error", detail, path);
    }

    /** The causes in one text: each once; in brackets when there are several. */
    public static String join(List<Cause> causes) {
        var texts = new LinkedHashSet<String>();
        causes.forEach(
                cause -> texts.add(cause.field().isEmpty() ? cause.message() : cause.field() + ": " + cause.message()));
        return texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    }

    private static Cause cause(String reason, String message, String detail, FieldPath path) {
        return new Cause(reason, detail.isEmpty() ? message : message + ": " + detail, path.text());
    }
}
