package dev.muster.authn.tokenfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as Go's {@code encoding/csv} reads them by default, which is how Kubernetes reads token files: RFC 4180,
 * nothing trimmed, blank lines skipped, no comments, rows of any length; a quote inside an unquoted field is an error.
 */
final class Csv {

    private final String text;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
    }

    /** One record and the line on which it begins. */
    record Row(int line, List<String> fields) {}

    static List<Row> read(String text) throws MalformedTokenFile {
        var csv = new Csv(unixLines(text));
        var rows = new ArrayList<Row>();
        while (csv.at < csv.text.length()) {
            if (csv.text.charAt(csv.at) == '\n') {
                csv.at++;
                csv.line++;
            } else {
                rows.add(csv.row());
            }
        }
        return rows;
    }

    /** A carriage return counts for nothing right before a line feed, and at the very end. */
    private static String unixLines(String text) {
        String unix = text.replace("\r\n", "\n");
        return unix.endsWith("\r") ? unix.substring(0, unix.length() - 1) : unix;
    }

    private Row row() throws MalformedTokenFile {
        int begin = line;
        var fields = new ArrayList<String>();
        do {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (at < text.length() && text.charAt(at++) == ',');
        line++;
        return new Row(begin, fields);
    }

    /** Up to the next comma or line end, which stays unread. */
    private String plain() throws MalformedTokenFile {
        int from = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '"') {
                throw new MalformedTokenFile(line, "a bare \" in a field that is not quoted");
            }
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() throws MalformedTokenFile {
        int begin = line;
        var value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                value.append(c);
                line += c == '\n' ? 1 : 0;
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else if (at == text.length() || text.charAt(at) == ',' || text.charAt(at) == '\n') {
                return value.toString();
            } else {
                throw new MalformedTokenFile(line, "text after a quoted field");
            }
        }
        throw new MalformedTokenFile(begin, "a quoted field that does not end");
    }
}
