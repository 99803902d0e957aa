package dev.muster.api.kinds;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a message, from Kubernetes' own protobuf descriptors.
 *
 * @param name the full protobuf name: {@code k8s.io.api.core.v1.Pod}
 * @param form how JSON shows it: an object for most, a string or another scalar for the few that have their own form
 * @param byName fields by their JSON name, in the order of declaration; the fields of inlined messages stand here in their
 *     place, and objects that carry them begin with apiVersion and kind, which have number 0: they are not in the message
 * @param byNumber fields as the message has them on the wire; an inlined message is one field here
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

    /** What else is to be known of a field. */
    public enum Trait {
        /** JSON schemas call it required. */
        REQUIRED,
        /** 0, false and "" mean something; of other fields, Go's protobuf writes zeros that mean absence. */
        KEEPS_ZERO,
        /** A message on the wire, whose fields JSON shows in the parent. Not in byName. */
        INLINE,
        /** A map or struct that server-side apply replaces as a whole. */
        ATOMIC
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
     * @param patchStrategy what strategic merge patch does: merge, replace, retainKeys, several with commas; empty = replace.
     *     A list of scalars that merges is merged as a set
     * @param patchMergeKey the one key by which strategic merge patch finds an item of a list that merges; may be empty
     * @param traits what else is to be known
     * @param description from the API documentation; may be empty
     */
    public record Field(
            String json,
            int number,
            Shape shape,
            Scalar scalar,
            String message,
            String listType,
            List<String> mergeKeys,
            String patchStrategy,
            String patchMergeKey,
            Set<Trait> traits,
            String description) {

        public boolean is(Trait trait) {
            return traits.contains(trait);
        }

        /** Whether one value is a message and not a scalar. */
        public boolean isMessage() {
            return scalar == Scalar.MESSAGE;
        }
    }
}
