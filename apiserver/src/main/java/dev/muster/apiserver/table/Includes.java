package dev.muster.apiserver.table;

import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.table.Tables.Include;
import dev.muster.http.serve.Exchange;

/** What comes along in each row of a table: the query parameter {@code includeObject}. */
public final class Includes {

    private Includes() {}

    /** @throws StatusException 400 for a value nobody knows */
    public static Include of(Exchange exchange) {
        String text = exchange.rawQuery().isEmpty() ? "" : exchange.query().text("includeObject");
        return switch (text) {
            case "", "Metadata" -> Include.METADATA;
            case "Object" -> Include.OBJECT;
            case "None" -> Include.NONE;
            default ->
                throw new StatusException(
                        Statuses.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: "
                                + GoText.quote(text) + ": must be 'Metadata', 'Object', 'None', or empty"));
        };
    }
}
