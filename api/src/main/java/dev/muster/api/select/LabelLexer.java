package dev.muster.api.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts the text of a label selector into tokens. White space parts words and means nothing else. */
final class LabelLexer {

    enum Kind {
        END,
        CLOSE,
        COMMA,
        NOT,
        DOUBLE_EQUALS,
        EQUALS,
        GREATER,
        IDENTIFIER,
        IN,
        LESS,
        NOT_EQUALS,
        NOT_IN,
        OPEN
    }

    /** @param text what stands there */
    record Token(Kind kind, String text) {

        /** Words that are operators between key and values are plain words elsewhere. */
        Kind asValue() {
            return kind == Kind.IN || kind == Kind.NOT_IN ? Kind.IDENTIFIER : kind;
        }
    }

    private static final Map<String, Kind> SYMBOLS = Map.of(
            ")", Kind.CLOSE,
            ",", Kind.COMMA,
            "!", Kind.NOT,
            "==", Kind.DOUBLE_EQUALS,
            "=", Kind.EQUALS,
            ">", Kind.GREATER,
            "<", Kind.LESS,
            "!=", Kind.NOT_EQUALS,
            "(", Kind.OPEN);

    private final String text;
    private int position;

    private LabelLexer(String text) {
        this.text = text;
    }

    /** All tokens; the last one is END. */
    static List<Token> tokens(String text) {
        if (text.indexOf('\0') >= 0) {
            // Kubernetes takes it as the end, so that what follows would be read by one and not by another.
            throw new IllegalArgumentException(
                    "unable to parse requirement: a selector cannot contain a NUL character");
        }
        var lexer = new LabelLexer(text);
        var tokens = new ArrayList<Token>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return new Token(Kind.END, "");
        }
        return isSymbol(text.charAt(position)) ? symbol() : word();
    }

    private Token word() {
        int start = position;
        while (position < text.length() && !isSymbol(text.charAt(position)) && !isSpace(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        return new Token(
                switch (word) {
                    case "in" -> Kind.IN;
                    case "notin" -> Kind.NOT_IN;
                    default -> Kind.IDENTIFIER;
                },
                word);
    }

    /** The longest operator that stands here; every single symbol is one, so there always is one. */
    private Token symbol() {
        int length =
                position + 2 <= text.length() && SYMBOLS.containsKey(text.substring(position, position + 2)) ? 2 : 1;
        String symbol = text.substring(position, position + length);
        position += length;
        return new Token(SYMBOLS.get(symbol), symbol);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isSymbol(char c) {
        return "=!(),><".indexOf(c) >= 0;
    }
}
