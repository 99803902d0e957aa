package dev.muster.authn.cel;

import dev.cel.common.values.NullValue;

/** CEL's null. */
final class CelNull {

    static final Object VALUE = NullValue.NULL_VALUE;

    private CelNull() {}
}
