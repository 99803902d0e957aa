package dev.muster.api.kinds;

import dev.muster.api.meta.Gvk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All resources this program knows, and the messages they are made of. Loaded once; immutable. */
public final class Kinds {

    private static final String GENERATED = "/dev/muster/apigen/kinds.txt";
    private static final String OWN = "/dev/muster/api/identity/kinds.txt";

    private final SchemaText schemas;
    private final List<ResourceType> resources;
    private final Map<String, ResourceType> byKind = new HashMap<>();
    private final Map<String, ResourceType> byPlural = new HashMap<>();
    private final Map<String, String> bodies;
    private final Map<String, String> about;

    private Kinds(SchemaText schemas, ResourceText read) {
        this.schemas = schemas;
        this.resources = List.copyOf(read.resources());
        this.bodies = new HashMap<>(read.bodies());
        this.about = Map.copyOf(read.about());
        for (ResourceType type : resources) {
            var gvk = type.gvk();
            byKind.put(key(gvk.group(), gvk.version(), gvk.kind()), type);
            byPlural.put(key(gvk.group(), gvk.version(), type.plural()), type);
            bodies.put(
                    key(gvk.group(), gvk.version(), gvk.kind()), type.schema().name());
            if (type.listSchema() != null) {
                bodies.put(
                        key(gvk.group(), gvk.version(), gvk.kind().concat("List")),
                        type.listSchema().name());
            }
        }
    }

    /**
     * Texts as keys, joined without the operator: records as keys and joined strings would each cost 20 ms of the first start,
     * for what the JVM generates at their first use.
     */
    static String key(String group, String version, String name) {
        return group.concat("/").concat(version).concat(" ").concat(name);
    }

    /** Kubernetes' kinds as described at build time, then our own; quick enough for every start. */
    public static Kinds load() {
        return loadWith();
    }

    /** The same, and further ones, whose messages may use those. */
    public static Kinds loadWith(String... further) {
        var texts = new ArrayList<String>();
        texts.add(resource(GENERATED));
        texts.add(resource(OWN));
        texts.addAll(List.of(further));
        return of(texts.toArray(new String[0]));
    }

    private static String resource(String name) {
        try (InputStream in = Kinds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From texts in the form of the generated one: resources first, then messages. Later texts may use earlier messages. */
    public static Kinds of(String... texts) {
        var schemas = new SchemaText();
        for (String text : texts) {
            schemas.add(text);
        }
        var resources = new ResourceText(schemas);
        for (String text : texts) {
            resources.add(text);
        }
        return new Kinds(schemas, resources);
    }

    /** By what a URL says. */
    public Optional<ResourceType> byResource(String group, String version, String plural) {
        return Optional.ofNullable(byPlural.get(key(group, version, plural)));
    }

    /** By what an object says. */
    public Optional<ResourceType> byKind(Gvk gvk) {
        return Optional.ofNullable(byKind.get(key(gvk.group(), gvk.version(), gvk.kind())));
    }

    /**
     * The message of whatever may be a body: resources, lists of them, and kinds that only travel, such as TokenRequest. The
     * options of a deletion are known in every group and version, as clients send them so.
     */
    public Optional<MessageType> bodyOf(Gvk gvk) {
        var name = bodies.get(key(gvk.group(), gvk.version(), gvk.kind()));
        if (name == null) {
            name = bodies.get(key("", "", gvk.kind()));
        }
        return Optional.ofNullable(name).map(schemas::message);
    }

    /** In the order discovery shows them: core first, then groups. */
    public List<ResourceType> all() {
        return resources;
    }

    /** A message by its full protobuf name. */
    public MessageType message(String name) {
        return schemas.message(name);
    }

    /** The names of all messages. */
    public Set<String> messages() {
        return schemas.names();
    }

    /** One sentence about a message, for people; empty for most. */
    public String about(MessageType type) {
        return about.getOrDefault(type.name(), "");
    }
}
