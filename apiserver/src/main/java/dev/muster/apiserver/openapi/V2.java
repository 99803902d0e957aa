package dev.muster.apiserver.openapi;

import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.discovery.Catalogue;
import dev.muster.apiserver.discovery.Catalogue.Version;
import dev.muster.apiserver.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /openapi/v2}, in the protobuf form alone: kubectl 1.27 and 1.28 ask for it before they apply anything. */
final class V2 {

    static final String CONTENT_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /** What may be asked for. The second is what kubectl asks for; as a content type, Go could not parse it. */
    static final List<String> MEDIA_TYPES =
            List.of(CONTENT_TYPE, "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

    private V2() {}

    static byte[] build(Kinds kinds, Resources resources) {
        var tree = new V2Tree();
        for (List<Version> versions : Catalogue.of(resources).groups().values()) {
            versions.forEach(version -> tree.add(Documents.tree(kinds, version)));
        }
        var messages = Kinds.of(text());
        return new Protobuf(messages).writeBare(tree.document(), messages.message("openapi.v2.Document"));
    }

    /** gnostic's messages, as far as we write them. */
    private static String text() {
        try (InputStream in = V2.class.getResourceAsStream("v2.txt")) {
            if (in == null) {
                throw new IllegalStateException("the program was built without v2.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
