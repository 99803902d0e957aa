package dev.muster.api.kinds;

import java.util.Map;

/**
 * The fields of a message, from Kubernetes' own protobuf descriptors.
 *
 * @param name the full protobuf name: {@code k8s.io.api.core.v1.Pod}
 * @param form how JSON shows it: an object for most, a string or another scalar for the few that have their own form
 * @param byName fields by their JSON name, in the order of declaration
 * @param byNumber the same fields by protobuf number
 */
public record MessageType(String name, Form form, Map<String, Field> byName, Map<Integer, Field> byNumber) {

    /** How JSON shows a message. Everything but {@code OBJECT} needs a special case in every codec. */
    public enum Form {
        OBJECT,
        /** RFC 3339 with seconds. */
        TIME,
        /** RFC 3339 with microseconds. */
        MICRO_TIME,
        DURATION,
        QUANTITY,
        INT_OR_STRING,
        /** Any JSON object: RawExtension, FieldsV1, JSON. */
        RAW,
        /** A message that only wraps a repeated string: ExtraValue, Verbs. */
        STRING_LIST
    }

    /** A scalar, or MESSAGE. */
    public enum Scalar {
        STRING,
        BOOL,
        INT32,
        INT64,
        UINT32,
        UINT64,
        DOUBLE,
        FLOAT,
        /** Base64 in JSON. */
        BYTES,
        MESSAGE
    }

    public enum Shape {
        SINGLE,
        LIST,
        MAP
    }

    /**
     * One field.
     *
     * @param json the JSON name
     * @param number the protobuf number
     * @param shape one, many, or a map from strings
     * @param scalar the type of one value (for a map: of its values)
     * @param message the full name of the message when the scalar is MESSAGE, else empty
     * @param listType atomic, set, map, or empty when nothing is said; decides how patches merge
     * @param mergeKeys the keys that identify an item of a {@code map} list
     * @param patchMergeKey the one key strategic merge patch goes by; empty = replace the list
     * @param description from the API documentation; may be empty
     */
    public record Field(
            String json,
            int number,
            Shape shape,
            Scalar scalar,
            String message,
            String listType,
            java.util.List<String> mergeKeys,
            String patchMergeKey,
            String description) {}
}
