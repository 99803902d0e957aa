package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.kinds.ResourceType.Column;
import dev.muster.api.meta.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** Cells of kinds whose columns say where they come from, as those of custom resources do. A date is shown as an age. */
record PathCells(List<Column> columns) implements RowCells {

    @Override
    public List<Object> of(ApiObject object, Ages ages) {
        var cells = new ArrayList<Object>(columns.size());
        for (Column column : columns) {
            JsonNode value = object.tree();
            for (String field : column.path()) {
                value = value.path(field);
            }
            cells.add(cell(column, value, ages));
        }
        return cells;
    }

    private static Object cell(Column column, JsonNode value, Ages ages) {
        if (column.type().equals("date")) {
            return ages.since(value);
        }
        if (column.type().equals("integer") && value.isIntegralNumber()) {
            return value.asLong();
        }
        if (value.isArray()) {
            var texts = new ArrayList<String>();
            value.forEach(one -> texts.add(one.asText("")));
            return String.join(",", texts);
        }
        return value.asText("");
    }
}
