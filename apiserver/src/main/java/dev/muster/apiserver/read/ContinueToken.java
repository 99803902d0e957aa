package dev.muster.apiserver.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.core.store.Key;
import java.util.Base64;
import java.util.List;

/**
 * Where a list in pieces goes on, in Kubernetes' form: URL-safe base64 without padding of JSON.
 *
 * @param revision the revision of the whole list; {@link #LATEST} = whatever there is now
 * @param after the last key that was looked at
 */
record ContinueToken(long revision, Key after) {

    static final long LATEST = -1;

    private static final String VERSION = "meta.k8s.io/v1";
    private static final int LONGEST = 2048;

    /** The text for this prefix, which the key begins with. */
    String encode(Key prefix) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("v", VERSION).put("rv", revision);
        tree.put("start", after.path().substring(prefix.path().length()) + "\0");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(tree));
    }

    /**
     * Reads a token. Its key is below the prefix, whatever it says.
     *
     * @throws StatusException 400
     */
    static ContinueToken decode(String text, Key prefix) {
        if (text.length() > LONGEST || text.indexOf('=') >= 0) {
            throw invalid("");
        }
        try {
            var tree = Json.parseObject(Base64.getUrlDecoder().decode(text)).value();
            String version = tree.path("v").asText("");
            if (!version.equals(VERSION)) {
                throw invalid(": server does not recognize this encoded version " + GoText.quote(version));
            }
            if (!tree.path("rv").canConvertToLong() || tree.path("rv").asLong() == 0) {
                throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
            }
            String start = tree.path("start").asText("");
            if (start.isEmpty()) {
                throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
            }
            return new ContinueToken(tree.path("rv").asLong(), key(start, prefix));
        } catch (IllegalArgumentException | MalformedBody e) {
            throw invalid("");
        }
    }

    private static Key key(String start, Key prefix) {
        String path = start.endsWith("\0") ? start.substring(0, start.length() - 1) : "";
        boolean clean = !path.isEmpty()
                && path.indexOf('\0') < 0
                && List.of(path.split("/", -1)).stream().noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
        if (!clean) {
            throw invalid(": " + GoText.quote(start));
        }
        return Key.of(prefix.path() + path);
    }

    private static StatusException invalid(String why) {
        return new StatusException(Statuses.badRequest("invalid continue token: continue key is not valid" + why));
    }
}
