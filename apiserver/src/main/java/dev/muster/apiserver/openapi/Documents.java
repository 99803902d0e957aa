package dev.muster.apiserver.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.discovery.Catalogue;
import dev.muster.apiserver.discovery.Catalogue.Version;
import dev.muster.apiserver.resource.Resources;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/** All documents as bytes, each with the hash by which clients keep it. Building them takes some 100 ms of CPU time. */
final class Documents {

    /** @param hash SHA-512 in upper-case hexadecimal digits */
    record Document(byte[] bytes, String hash) {}

    private final TreeMap<String, Document> byPath = new TreeMap<>();
    private final Document index;

    private Documents(Kinds kinds, Resources resources) {
        for (var versions : Catalogue.of(resources).groups().values()) {
            for (Version version : versions) {
                byPath.put(Operations.root(version).substring(1), document(tree(kinds, version)));
            }
        }
        index = document(indexTree());
    }

    static Documents build(Kinds kinds, Resources resources) {
        return new Documents(kinds, resources);
    }

    /** The document that names the others. */
    Document index() {
        return index;
    }

    /** By its path without the leading slash: {@code api/v1}. */
    Optional<Document> of(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The document of one group version. */
    static ObjectNode tree(Kinds kinds, Version version) {
        var tree = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
        tree.putObject("info").put("title", "Muster").put("version", version.version());
        var schemas = new Schemas(kinds);
        tree.set("paths", new Operations(kinds, schemas, version).all());
        tree.putObject("components").set("schemas", schemas.all());
        return tree;
    }

    private ObjectNode indexTree() {
        var tree = JsonNodeFactory.instance.objectNode();
        var paths = tree.putObject("paths");
        byPath.forEach((path, document) -> paths.putObject(path).put("serverRelativeURL", url(path, document.hash())));
        return tree;
    }

    static String url(String path, String hash) {
        return "/openapi/v3/" + path + "?hash=" + hash;
    }

    private static Document document(ObjectNode tree) {
        return document(Json.write(tree));
    }

    static Document document(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(bytes);
            return new Document(bytes, HexFormat.of().withUpperCase().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
