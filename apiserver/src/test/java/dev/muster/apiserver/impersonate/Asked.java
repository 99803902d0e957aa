package dev.muster.apiserver.impersonate;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An authorizer that allows what it was told, and keeps what it was asked. */
final class Asked implements Authorizer {

    final List<Attributes> questions = new ArrayList<>();
    private final Set<String> allowed;

    /** @param allowed as {@link #text} writes it; a star at the end stands for anything */
    Asked(String... allowed) {
        this.allowed = Set.of(allowed);
    }

    @Override
    public Decision authorize(Attributes attributes) {
        questions.add(attributes);
        String text = text(attributes);
        boolean yes = allowed.stream()
                .anyMatch(one ->
                        one.endsWith("**") ? text.startsWith(one.substring(0, one.length() - 2)) : one.equals(text));
        return yes ? Decision.allow("") : Decision.NO_OPINION;
    }

    List<String> texts() {
        return questions.stream().map(Asked::text).toList();
    }

    /** {@code verb group/resource/subresource namespace:name}, or {@code verb path}. */
    static String text(Attributes attributes) {
        return switch (attributes) {
            case Attributes.PathAttributes path -> path.verb() + " " + path.path();
            case Attributes.ResourceAttributes r ->
                r.verb() + " " + r.apiGroup() + "/" + r.resource()
                        + (r.subresource().isEmpty() ? "" : "/" + r.subresource()) + " " + r.namespace() + ":"
                        + r.name();
        };
    }
}
