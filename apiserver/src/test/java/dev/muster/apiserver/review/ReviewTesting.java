package dev.muster.apiserver.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Gvk;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.apiserver.resource.Creator;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Query;
import dev.muster.testkit.http.FakeExchange;
import java.io.UncheckedIOException;
import java.util.List;

/** Reviews asked by hand. */
final class ReviewTesting {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReviewTesting() {}

    static ResourceType type(String group, String kind) {
        return new ResourceType(
                new Gvk(group, "v1", kind),
                "reviews",
                "",
                false,
                List.of(),
                List.of(),
                false,
                null,
                null,
                List.of(),
                List.of());
    }

    /** With single quotes for double ones. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode ask(Creator review, User who, String path, String body) {
        var call = new ApiCall(FakeExchange.of("POST", path), RequestInfoParser.parse("POST", path, Query.EMPTY), who);
        return review.create(call, ApiObject.of(json(body)), false).tree();
    }
}
