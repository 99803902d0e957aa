package dev.muster.apiserver.negotiate;

import java.util.Optional;

/** How much of an object, and in which shape, the caller wants to see. */
public sealed interface Representation {

    /** The object itself. */
    record Whole() implements Representation {}

    /** {@code as=Table;g=meta.k8s.io}; version v1 or v1beta1. */
    record Table(String version) implements Representation {}

    /**
     * {@code as=PartialObjectMetadata} or {@code as=PartialObjectMetadataList}, {@code g=meta.k8s.io}.
     *
     * @param version v1 or v1beta1
     * @param list whether the list was asked for; what does not fit the request is 406
     */
    record Metadata(String version, boolean list) implements Representation {}

    /** Something the endpoint has offered itself. */
    record Other(Conversion to) implements Representation {}

    Representation WHOLE = new Whole();

    /** What a conversion means. */
    static Representation of(Optional<Conversion> conversion) {
        if (conversion.isEmpty()) {
            return WHOLE;
        }
        var to = conversion.get();
        if (!to.group().equals("meta.k8s.io")) {
            return new Other(to);
        }
        return switch (to.kind()) {
            case "Table" -> new Table(to.version());
            case "PartialObjectMetadata" -> new Metadata(to.version(), false);
            case "PartialObjectMetadataList" -> new Metadata(to.version(), true);
            default -> new Other(to);
        };
    }
}
