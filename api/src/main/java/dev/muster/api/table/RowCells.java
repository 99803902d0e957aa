package dev.muster.api.table;

import dev.muster.api.meta.ApiObject;
import java.util.List;

/** The cells of one object, one for each column of its kind: texts and whole numbers. */
@FunctionalInterface
interface RowCells {

    List<Object> of(ApiObject object, Ages ages);
}
