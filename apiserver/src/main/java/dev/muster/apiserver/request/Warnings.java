package dev.muster.apiserver.request;

/** The form of warning headers (RFC 9111's predecessor RFC 7234 section 5.5, code 299), as kubectl reads them. */
public final class Warnings {

    private static final int LONGEST = 256;

    private Warnings() {}

    /** One header value; control characters become spaces and the text is cut, so that nothing can be smuggled. */
    public static String header(String text) {
        var out = new StringBuilder("299 - \"");
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c < ' ' || c == 0x7f ? ' ' : c);
            }
        }
        return out.append('"').toString();
    }
}
