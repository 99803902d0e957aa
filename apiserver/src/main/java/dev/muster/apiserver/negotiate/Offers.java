package dev.muster.apiserver.negotiate;

import java.util.List;
import java.util.Set;

/**
 * What an endpoint can answer with.
 *
 * @param types in order of preference
 * @param transforms which conversions it knows
 */
public record Offers(List<MediaType> types, Transforms transforms) {

    /** Every form of objects as they are; no conversion. */
    public static final Offers PLAIN =
            new Offers(List.of(MediaType.JSON, MediaType.YAML, MediaType.PROTOBUF), Transforms.NONE);

    /** Every form, tables and metadata: what resources offer. */
    public static final Offers OBJECTS = new Offers(PLAIN.types, Transforms.META);

    /** JSON alone, tables and metadata: what watches offer. */
    public static final Offers STREAM = new Offers(List.of(MediaType.JSON), Transforms.META);

    public Offers {
        types = List.copyOf(types);
    }

    /** The same without protobuf, for kinds that have no such form. */
    public Offers withoutProtobuf() {
        return types.contains(MediaType.PROTOBUF)
                ? new Offers(types.stream().filter(t -> t != MediaType.PROTOBUF).toList(), transforms)
                : this;
    }

    /** Which conversions an endpoint knows. */
    @FunctionalInterface
    public interface Transforms {

        boolean allows(MediaType type, Conversion to);

        Transforms NONE = (_, _) -> false;

        /** Tables in text forms, metadata in all. */
        Transforms META = (type, to) -> to.group().equals("meta.k8s.io")
                && Set.of("v1", "v1beta1").contains(to.version())
                && switch (to.kind()) {
                    case "Table" -> type != MediaType.PROTOBUF;
                    case "PartialObjectMetadata", "PartialObjectMetadataList" -> true;
                    default -> false;
                };
    }
}
