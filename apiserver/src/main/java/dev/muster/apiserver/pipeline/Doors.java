package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.impersonate.Impersonator;
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
 * @param impersonator rules on who may act as whom
 * @param identityHeaders headers, beside Kubernetes' standard ones, in which a front proxy names the user; removed
 * @param identityPrefixes the same for extra fields, such as {@code X-Proxy-Extra-}
 */
public record Doors(
        Authenticator authenticator,
        Audiences audiences,
        Authorizer authorizer,
        BindingLister bindings,
        Impersonator impersonator,
        List<String> identityHeaders,
        List<String> identityPrefixes) {

    public Doors {
        identityHeaders = List.copyOf(identityHeaders);
        identityPrefixes = List.copyOf(identityPrefixes);
    }

    public Doors(Authenticator authenticator, Audiences audiences, Authorizer authorizer) {
        this(
                authenticator,
                audiences,
                authorizer,
                BindingLister.NONE,
                Impersonator.of(authorizer, true),
                List.of(),
                List.of());
    }

    /**
     * Headers that a front proxy sets, beside the standard ones; they come off every request.
     *
     * @param prefixes of extra fields
     */
    public record Asserted(List<String> headers, List<String> prefixes) {

        /** The standard ones alone. */
        public static final Asserted STANDARD = new Asserted(List.of(), List.of());

        public Asserted {
            headers = List.copyOf(headers);
            prefixes = List.copyOf(prefixes);
        }
    }

    /** The same, where a front proxy sets these. */
    public Doors stripping(Asserted asserted) {
        return new Doors(
                authenticator, audiences, authorizer, bindings, impersonator, asserted.headers(), asserted.prefixes());
    }

    /** The same, with stories that name bindings. */
    public Doors with(BindingLister lister) {
        return new Doors(authenticator, audiences, authorizer, lister, impersonator, identityHeaders, identityPrefixes);
    }

    /** The same, with another say on who may act as whom. */
    public Doors with(Impersonator other) {
        return new Doors(authenticator, audiences, authorizer, bindings, other, identityHeaders, identityPrefixes);
    }
}
