package dev.muster.api.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;

/** Kubernetes' protobuf form: the magic {@code k8s\0}, then runtime.Unknown, then the object. */
public final class Protobuf {

    private final Kinds kinds;

    public Protobuf(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Reads an object with its envelope; its kind decides the message.
     *
     * @throws MalformedBody when it is none, or of a kind nobody knows
     */
    public Parsed<ObjectNode> parseObject(byte[] body) {
        throw new UnsupportedOperationException("to be written");
    }

    /** Writes an object with its envelope. */
    public byte[] write(ObjectNode object) {
        throw new UnsupportedOperationException("to be written");
    }
}
