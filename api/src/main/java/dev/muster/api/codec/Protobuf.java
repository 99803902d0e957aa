package dev.muster.api.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.meta.Gvk;
import java.util.Arrays;
import java.util.List;

/**
 * Kubernetes' protobuf form: the magic {@code k8s\0}, then runtime.Unknown, then the object.
 *
 * <p>A reader of our own, since generated parsers are not made for strangers' bytes: lengths, depth and the number of values are
 * bounded, text must be UTF-8. What JSON shows in a form of its own (times, quantities, raw JSON) is read into that form. Zeros
 * and empty texts of fields for which they mean absence are dropped: Go writes them all.
 */
public final class Protobuf {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

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
        return parseObject(body, new Gvk("", "", ""));
    }

    /**
     * Reads an object with its envelope.
     *
     * @param expected what it is when the envelope does not say
     * @throws MalformedBody when it is none, or of a kind nobody knows
     */
    public Parsed<ObjectNode> parseObject(byte[] body, Gvk expected) {
        var envelope = new Envelope(inside(body));
        var gvk = envelope.kind.isEmpty() ? expected : Gvk.of(envelope.apiVersion, envelope.kind);
        if (gvk.kind().isEmpty()) {
            throw new MalformedBody("Object 'Kind' is missing in the envelope");
        }
        if (gvk.version().isEmpty()) {
            throw new MalformedBody("Object 'apiVersion' is missing in the envelope");
        }
        var type = kinds.bodyOf(gvk)
                .orElseThrow(() -> new MalformedBody("no kind " + GoText.quote(gvk.kind())
                        + " is registered for version " + GoText.quote(gvk.apiVersion())));
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", gvk.kind()).put("apiVersion", gvk.apiVersion());
        new ProtobufReader(kinds).read(envelope.raw, type, tree);
        return new Parsed<>(tree, List.of());
    }

    private static Wire inside(byte[] body) {
        if (body.length == 0) {
            throw new MalformedBody("empty data");
        }
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedBody(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        if (body.length == MAGIC.length) {
            throw new MalformedBody("empty body");
        }
        return new Wire(body, MAGIC.length, body.length);
    }

    /**
     * Writes an object with its envelope. The object has passed {@link FieldCheck}; what its schema does not know is left out.
     *
     * @throws IllegalArgumentException for a kind nobody knows
     */
    public byte[] write(ObjectNode object) {
        // The documents of discovery for the core group carry no apiVersion in JSON.
        var apiVersion = object.path("apiVersion").asText("v1");
        var kind = object.path("kind").asText("");
        var type = kinds.bodyOf(Gvk.of(apiVersion, kind))
                .orElseThrow(() -> new IllegalArgumentException("no schema for " + apiVersion + " " + kind));
        var meta = new WireOut();
        meta.string(1, apiVersion);
        meta.string(2, kind);
        var unknown = new WireOut();
        unknown.bytes(1, meta.toBytes());
        unknown.bytes(2, new ProtobufWriter(kinds).write(object, type));
        unknown.string(3, "");
        unknown.string(4, "");
        byte[] inner = unknown.toBytes();
        byte[] all = Arrays.copyOf(MAGIC, MAGIC.length + inner.length);
        System.arraycopy(inner, 0, all, MAGIC.length, inner.length);
        return all;
    }

    /** Writes a message alone, for protobuf that has no envelope. */
    public byte[] writeBare(ObjectNode tree, MessageType type) {
        return new ProtobufWriter(kinds).write(tree, type);
    }

    /** k8s.io.apimachinery.pkg.runtime.Unknown. */
    private static final class Envelope {

        private String apiVersion = "";
        private String kind = "";
        private Wire raw = new Wire(new byte[0], 0, 0);

        Envelope(Wire wire) {
            while (wire.more()) {
                int tag = wire.tag();
                if ((tag & 7) != Wire.BYTES) {
                    wire.skip(tag & 7);
                    continue;
                }
                switch (tag >>> 3) {
                    case 1 -> typeMeta(wire.bytes());
                    case 2 -> raw = wire.bytes();
                    case 3 -> expect(wire.string(), "");
                    case 4 -> expect(wire.string(), MEDIA_TYPE);
                    default -> wire.skip(Wire.BYTES);
                }
            }
        }

        private void typeMeta(Wire wire) {
            while (wire.more()) {
                int tag = wire.tag();
                switch (tag) {
                    case 1 << 3 | Wire.BYTES -> apiVersion = wire.string();
                    case 2 << 3 | Wire.BYTES -> kind = wire.string();
                    default -> wire.skip(tag & 7);
                }
            }
        }

        /** No encoding but none, and no content but protobuf. */
        private static void expect(String found, String allowed) {
            if (!found.isEmpty() && !found.equals(allowed)) {
                throw new MalformedBody(
                        "the envelope's content is " + GoText.quote(found) + ", which is not understood");
            }
        }
    }
}
