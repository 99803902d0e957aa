package dev.muster.server.bootstraptoken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.api.meta.ApiObject;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code muster bootstrap-token list}: everything but the secrets. */
final class Listing {

    private static final String OF_TYPE = "?fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken";
    private static final int LONGEST_CELL = 60;

    private Listing() {}

    static int run(Flags flags, Terminal terminal, Instant now) throws IOException, InterruptedException {
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(BootstrapTokenCommand.NAME + " list", flags.problems());
        }
        try (ApiClient client = Asking.of(flags, terminal).client()) {
            var answer = client.get(BootstrapTokenCommand.SECRETS + OF_TYPE);
            if (answer.code() != 200) {
                Asking.complain(BootstrapTokenCommand.NAME, answer, terminal);
                return Command.FAILED;
            }
            table(answer.body().path("items"), now).forEach(terminal::say);
            return Command.OK;
        }
    }

    static List<String> table(JsonNode items, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "TTL", "EXPIRES", "USAGES", "EXTRA GROUPS", "DESCRIPTION"));
        for (JsonNode item : items) {
            if (item instanceof ObjectNode tree) {
                var secret = ApiObject.of(tree);
                BootstrapToken.of(secret).ifPresent(token -> rows.add(row(secret, token, now)));
            }
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> Arrays.setAll(
                widths,
                i -> Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()))));
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(ApiObject secret, BootstrapToken token, Instant now) {
        String groups = token.groups()
                .map(all -> all.stream()
                        .filter(group -> !group.equals(BootstrapToken.GROUP))
                        .collect(Collectors.joining(",")))
                .orElse("<refused>");
        String usages = Arrays.stream(Usage.values())
                .filter(token::isFor)
                .map(Usage::word)
                .collect(Collectors.joining(","));
        boolean isNamedSo = secret.name().equals(BootstrapToken.NAME_PREFIX + token.id());
        return List.of(
                cell(isNamedSo ? token.id() : secret.name()),
                token.remaining(now).map(Listing::left).orElse("<forever>"),
                token.expiration()
                        .map(end -> end.equals(Instant.MIN) ? "<unreadable>" : end.toString())
                        .orElse("<never>"),
                cell(usages),
                cell(groups),
                cell(token.description()));
    }

    private static String left(Duration left) {
        if (left.isZero()) {
            return "<over>";
        }
        return left.toHours() > 0 ? left.toHours() + "h" : left.toMinutes() > 0 ? left.toMinutes() + "m" : "<1m";
    }

    private static String cell(String text) {
        String plain = Plain.text(text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "..." : text);
        return plain.isEmpty() ? "<none>" : plain;
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + 3));
        }
        return line.toString().stripTrailing();
    }
}
