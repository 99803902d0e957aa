package dev.muster.api.patch;

import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Shape;
import java.util.List;
import java.util.function.Function;

/** What a strategic merge patch needs to know of the members of one object. */
sealed interface MergeSchema {

    /** The member of that name. */
    Member member(String name);

    /**
     * One member.
     *
     * @param merges for a list: whether items are merged, or the list is replaced
     * @param replaces for an object: whether it is replaced, or merged as objects mostly are
     * @param mergeKey by which items of a list of objects are found; empty for lists of scalars
     * @param inner the schema of the object or of the list's items
     */
    record Member(boolean merges, boolean replaces, String mergeKey, MergeSchema inner) {}

    static MergeSchema of(MessageType type, Function<String, MessageType> messages) {
        return new OfMessage(type, messages);
    }

    /** Anything goes: objects merge, lists are replaced. */
    record Free() implements MergeSchema {
        @Override
        public Member member(String name) {
            return new Member(false, false, "", this);
        }
    }

    /** A map from strings, whatever they are. */
    record OfMap(MergeSchema values) implements MergeSchema {
        @Override
        public Member member(String name) {
            return new Member(false, false, "", values);
        }
    }

    /** An object with fields that are described. */
    record OfMessage(MessageType type, Function<String, MessageType> messages) implements MergeSchema {
        @Override
        public Member member(String name) {
            Field field = type.byName().get(name);
            if (field == null) {
                return new Member(false, false, "", new Free());
            }
            var strategies = List.of(field.patchStrategy().split(","));
            MergeSchema value = valueOf(field);
            return new Member(
                    strategies.contains("merge"),
                    strategies.contains("replace"),
                    field.patchMergeKey(),
                    field.shape() == Shape.MAP ? new OfMap(value) : value);
        }

        private MergeSchema valueOf(Field field) {
            if (!field.isMessage()) {
                return new Free();
            }
            MessageType message = messages.apply(field.message());
            return message.form() == Form.OBJECT ? new OfMessage(message, messages) : new Free();
        }
    }
}
