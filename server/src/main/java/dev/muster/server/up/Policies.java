package dev.muster.server.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Yaml;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.StatusException;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.wiring.Apiserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** The namespaces, policies and node of the first start. */
final class Policies {

    private static final String FILE = "people-and-policies.yaml";
    private static final int ALREADY_EXISTS = 409;

    private Policies() {}

    /** Makes what is missing, once in the life of a data directory. */
    static void make(Apiserver server, People people) throws IOException {
        if (Files.exists(people.policiesMade())) {
            return;
        }
        for (JsonNode item : read().path("items")) {
            var object = ApiObject.of((ObjectNode) item);
            var type = server.kinds()
                    .byKind(Gvk.of(object.apiVersion(), object.kind()))
                    .orElseThrow();
            try {
                server.objects().create(type, object);
            } catch (StatusException e) {
                // An earlier first start was cut short after this one.
                if (e.status().code() != ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        PrivateFile.write(people.policiesMade(), "");
    }

    private static ObjectNode read() throws IOException {
        try (InputStream in = Policies.class.getResourceAsStream(FILE)) {
            return Yaml.parseObject(in.readAllBytes()).value();
        }
    }
}
