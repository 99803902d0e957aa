package dev.muster.api.select;

import dev.muster.api.select.LabelLexer.Kind;
import dev.muster.api.select.LabelLexer.Token;
import dev.muster.api.select.LabelSelector.Operator;
import dev.muster.api.select.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads label selectors:
 *
 * <pre>
 * selector    = [requirement *("," requirement)]
 * requirement = ["!"] key | key ("=" | "==" | "!=" | "&lt;" | "&gt;") [value] | key ("in" | "notin") "(" values ")"
 * values      = [value] *("," [value])
 * </pre>
 */
final class LabelParser {

    private static final String WRAPPED = "unable to parse requirement: ";
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private final List<Token> tokens;
    private int position;

    private LabelParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The requirements in the order of the text. */
    static List<Requirement> parse(String text) {
        return new LabelParser(LabelLexer.tokens(text)).selector();
    }

    private List<Requirement> selector() {
        var requirements = new ArrayList<Requirement>();
        if (peek() == Kind.END) {
            return requirements;
        }
        if (!startsRequirement()) {
            throw new IllegalArgumentException(
                    found(tokens.get(position)) + ", expected: !, identifier, or 'end of string'");
        }
        while (true) {
            requirements.add(requirement());
            Token next = take();
            if (next.kind() == Kind.END) {
                return requirements;
            }
            if (next.kind() != Kind.COMMA) {
                throw new IllegalArgumentException(found(next) + ", expected: ',' or 'end of string'");
            }
            if (!startsRequirement()) {
                throw new IllegalArgumentException(found(tokens.get(position)) + ", expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        boolean not = peek() == Kind.NOT;
        if (not) {
            take();
        }
        Token key = take();
        if (key.asValue() != Kind.IDENTIFIER) {
            throw problem(found(key) + ", expected: identifier");
        }
        LabelChecks.key(key.text()).ifPresent(wrong -> {
            throw problem("<nil>: " + wrong);
        });
        if (not) {
            return new Requirement(key.text(), Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek() == Kind.END || peek() == Kind.COMMA) {
            return new Requirement(key.text(), Operator.EXISTS, List.of());
        }
        return binary(key.text());
    }

    private Requirement binary(String key) {
        Token token = take();
        Operator operator = switch (token.kind()) {
            case IN -> Operator.IN;
            case NOT_IN -> Operator.NOT_IN;
            case EQUALS, DOUBLE_EQUALS -> Operator.EQUALS;
            case NOT_EQUALS -> Operator.NOT_EQUALS;
            case GREATER -> Operator.GREATER_THAN;
            case LESS -> Operator.LESS_THAN;
            default -> throw problem(found(token) + ", expected: " + OPERATORS);
        };
        boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
        var values = List.copyOf(set ? values() : exactValue());
        var wrong = LabelChecks.values(key, operator, values);
        if (!wrong.isEmpty()) {
            throw problem(wrong);
        }
        return new Requirement(key, operator, values);
    }

    private TreeSet<String> exactValue() {
        var values = new TreeSet<String>();
        if (peek() == Kind.END || peek() == Kind.COMMA) {
            values.add("");
            return values;
        }
        Token token = take();
        if (token.asValue() != Kind.IDENTIFIER) {
            throw problem(found(token) + ", expected: identifier");
        }
        values.add(token.text());
        return values;
    }

    private TreeSet<String> values() {
        Token open = take();
        if (open.kind() != Kind.OPEN) {
            throw problem(found(open) + " expected: '('");
        }
        var values = new TreeSet<String>();
        Kind first = peek();
        if (first != Kind.CLOSE && first != Kind.COMMA && first != Kind.IDENTIFIER) {
            throw problem(found(tokens.get(position)) + ", expected: ',', ')' or identifier");
        }
        while (true) {
            if (peek() == Kind.IDENTIFIER) {
                values.add(take().text());
                if (peek() != Kind.CLOSE && peek() != Kind.COMMA) {
                    throw problem(found(tokens.get(position)) + ", expected: ',' or ')'");
                }
            } else if (peek() == Kind.CLOSE || peek() == Kind.COMMA) {
                values.add("");
            } else {
                throw problem(found(tokens.get(position)) + ", expected: ',', or identifier");
            }
            if (take().kind() == Kind.CLOSE) {
                return values;
            }
        }
    }

    private boolean startsRequirement() {
        return peek() == Kind.IDENTIFIER || peek() == Kind.NOT;
    }

    private Kind peek() {
        return tokens.get(position).asValue();
    }

    private Token take() {
        Token token = tokens.get(position);
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    private static String found(Token token) {
        return "found '" + token.text() + "'";
    }

    private static IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(WRAPPED + what);
    }
}
