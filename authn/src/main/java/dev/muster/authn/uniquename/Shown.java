package dev.muster.authn.uniquename;

/** A user name in a log: quoted, cut, on one line. */
public final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    public static String name(String name) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029') {
                out.append('?');
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append(name.length() > LONGEST ? "...\"" : "\"").toString();
    }
}
