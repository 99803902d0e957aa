package dev.muster.apiserver.pipeline;

import dev.muster.core.access.Authorizer;
import dev.muster.core.access.BindingLister;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import java.util.List;

/**
 * Who decides.
 *
 * @param authenticator the whole chain, group adder and anonymous included
 * @param audiences what a credential must be meant for; unspecified = not looked at
 * @param authorizer the whole chain
 * @param bindings names what a user has, for the story of a refusal
 * @param identityHeaders headers, beside Kubernetes' standard ones, in which a front proxy names the user; removed
 * @param identityPrefixes the same for extra fields, such as {@code X-Proxy-Extra-}
 */
public record Doors(
        Authenticator authenticator,
        Audiences audiences,
        Authorizer authorizer,
        BindingLister bindings,
        List<String> identityHeaders,
        List<String> identityPrefixes) {

    public Doors {
        identityHeaders = List.copyOf(identityHeaders);
        identityPrefixes = List.copyOf(identityPrefixes);
    }

    public Doors(Authenticator authenticator, Audiences audiences, Authorizer authorizer) {
        this(authenticator, audiences, authorizer, BindingLister.NONE, List.of(), List.of());
    }

    /** The same, with stories that name bindings. */
    public Doors with(BindingLister lister) {
        return new Doors(authenticator, audiences, authorizer, lister, identityHeaders, identityPrefixes);
    }
}
