package dev.muster.api.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' rules for keys and values of labels, keys of annotations, finalizers, and keys of ConfigMaps and Secrets.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">Labels</a>
 */
public final class QualifiedNames {

    private static final int NAME_MAX = 63;
    private static final int DATA_KEY_MAX = 253;
    private static final String KEY_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String KEY_RULE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                    + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation"
                    + " is '" + KEY_FORM + "')";
    private static final String VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters,"
                    + " '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                    + " '12345', regex used for validation is '(" + KEY_FORM + ")?')";
    private static final String DATA_KEY_RULE =
            "a valid config key must consist of alphanumeric characters, '-', '_' or"
                    + " '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private QualifiedNames() {}

    /** A name of at most 63 bytes, with or without a DNS subdomain and a slash before it. */
    public static List<String> keyProblems(String key) {
        var problems = new ArrayList<String>();
        int slash = key.indexOf('/');
        if (slash >= 0 && key.indexOf('/', slash + 1) >= 0) {
            return List.of("a valid label key " + KEY_RULE
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        if (slash == 0) {
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            Names.subdomain(key.substring(0, slash), "bytes")
                    .forEach(problem -> problems.add("prefix part " + problem));
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (Names.bytes(name) > NAME_MAX) {
            problems.add("name part must be no more than " + NAME_MAX + " bytes");
        }
        if (!isName(name)) {
            problems.add("name part " + KEY_RULE);
        }
        return problems;
    }

    public static List<String> labelValueProblems(String value) {
        var problems = Names.tooLong(value, NAME_MAX, "bytes");
        if (!value.isEmpty() && !isName(value)) {
            problems.add(VALUE_RULE);
        }
        return problems;
    }

    /** A key of a ConfigMap or Secret: it becomes a file name. */
    public static List<String> dataKeyProblems(String key) {
        var problems = Names.tooLong(key, DATA_KEY_MAX, "characters");
        if (key.isEmpty() || !key.chars().allMatch(QualifiedNames::isNameCharacter)) {
            problems.add(DATA_KEY_RULE);
        }
        if (key.equals(".") || key.equals("..")) {
            problems.add("must not be '" + key + "'");
        } else if (key.startsWith("..")) {
            problems.add("must not start with '..'");
        }
        return problems;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(QualifiedNames::isNameCharacter)
                && Names.isAlphanumeric(text.charAt(0))
                && Names.isAlphanumeric(text.charAt(text.length() - 1));
    }

    private static boolean isNameCharacter(int c) {
        return Names.isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    }
}
