package dev.muster.apiserver.pipeline;

import dev.muster.core.access.Authorizer;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import java.util.List;

/**
 * Who decides.
 *
 * @param authenticator the whole chain, group adder and anonymous included
 * @param audiences what a credential must be meant for; unspecified = not looked at
 * @param authorizer the whole chain
 * @param identityHeaders headers, beside Kubernetes' standard ones, in which a front proxy names the user; removed
 * @param identityPrefixes the same for extra fields, such as {@code X-Proxy-Extra-}
 */
public record Doors(
        Authenticator authenticator,
        Audiences audiences,
        Authorizer authorizer,
        List<String> identityHeaders,
        List<String> identityPrefixes) {

    public Doors {
        identityHeaders = List.copyOf(identityHeaders);
        identityPrefixes = List.copyOf(identityPrefixes);
    }

    public Doors(Authenticator authenticator, Audiences audiences, Authorizer authorizer) {
        this(authenticator, audiences, authorizer, List.of(), List.of());
    }
}
