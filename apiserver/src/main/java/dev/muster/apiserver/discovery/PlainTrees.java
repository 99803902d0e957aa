package dev.muster.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.Gvk;
import dev.muster.apiserver.discovery.Catalogue.Entry;
import dev.muster.apiserver.discovery.Catalogue.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** The plain documents of discovery: APIVersions, APIGroupList, APIGroup, APIResourceList. */
final class PlainTrees {

    private PlainTrees() {}

    static ObjectNode versions(List<Version> core, String serverAddress) {
        var tree = object("APIVersions");
        var versions = tree.putArray("versions");
        core.forEach(v -> versions.add(v.version()));
        tree.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", serverAddress);
        return tree;
    }

    static ObjectNode groups(Collection<List<Version>> all) {
        var tree = object("APIGroupList").put("apiVersion", "v1");
        var groups = tree.putArray("groups");
        all.forEach(versions -> group(groups.addObject(), versions));
        return tree;
    }

    static ObjectNode group(List<Version> versions) {
        var tree = object("APIGroup").put("apiVersion", "v1");
        group(tree, versions);
        return tree;
    }

    private static void group(ObjectNode into, List<Version> versions) {
        into.put("name", versions.getFirst().group());
        var list = into.putArray("versions");
        versions.forEach(v -> groupVersion(list.addObject(), v));
        groupVersion(into.putObject("preferredVersion"), versions.getFirst());
    }

    private static void groupVersion(ObjectNode into, Version version) {
        into.put("groupVersion", version.groupVersion()).put("version", version.version());
    }

    static ObjectNode resources(Version version) {
        var tree = object("APIResourceList");
        if (!version.group().isEmpty()) {
            tree.put("apiVersion", "v1");
        }
        tree.put("groupVersion", version.groupVersion());
        var list = tree.putArray("resources");
        version.resources().values().forEach(entry -> resource(list, entry));
        return tree;
    }

    private static void resource(ArrayNode list, Entry entry) {
        var type = entry.type();
        if (!entry.verbs().isEmpty()) {
            var node = list.addObject()
                    .put("name", type.plural())
                    .put("singularName", type.singular())
                    .put("namespaced", type.namespaced())
                    .put("kind", type.gvk().kind());
            texts(node.putArray("verbs"), entry.verbs());
            if (!type.shortNames().isEmpty()) {
                texts(node.putArray("shortNames"), type.shortNames());
            }
            if (!type.categories().isEmpty()) {
                texts(node.putArray("categories"), type.categories());
            }
            if (type.stored()) {
                node.put("storageVersionHash", storageVersionHash(type.gvk()));
            }
        }
        entry.subresources().forEach((name, sub) -> {
            var node = list.addObject()
                    .put("name", type.plural() + "/" + name)
                    .put("singularName", "")
                    .put("namespaced", type.namespaced());
            var kind = sub.kind().gvk();
            if (!kind.apiVersion().equals(type.gvk().apiVersion())) {
                node.put("group", kind.group()).put("version", kind.version());
            }
            node.put("kind", kind.kind());
            texts(node.putArray("verbs"), sub.verbs());
        });
    }

    static void texts(ArrayNode into, Collection<String> texts) {
        texts.forEach(into::add);
    }

    /** As Kubernetes computes it: the first 8 bytes of SHA-256 over group, version and kind. */
    private static String storageVersionHash(Gvk gvk) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((gvk.group() + "/" + gvk.version() + "/" + gvk.kind()).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
