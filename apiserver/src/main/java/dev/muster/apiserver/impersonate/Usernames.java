package dev.muster.apiserver.impersonate;

import dev.muster.api.strategy.Names;
import dev.muster.core.identity.NodeIdentity;
import dev.muster.core.identity.User;
import dev.muster.core.issuing.AccountId;
import java.util.List;
import java.util.Optional;

/** User names that have a form of their own. What is nearly of that form is an ordinary name. */
final class Usernames {

    /** Which node the pod runs on whose token it is; of service accounts. */
    static final String NODE_NAME = "authentication.kubernetes.io/node-name";

    private Usernames() {}

    /** {@code system:serviceaccount:NAMESPACE:NAME}, with a namespace and a name that could exist. */
    static Optional<AccountId> account(String name) {
        if (!name.startsWith(AccountId.PREFIX)) {
            return Optional.empty();
        }
        String[] parts = name.substring(AccountId.PREFIX.length()).split(":", -1);
        boolean proper = parts.length == 2
                && Names.dnsLabelProblems(parts[0], false).isEmpty()
                && Names.dnsSubdomainProblems(parts[1], false).isEmpty();
        return proper ? Optional.of(new AccountId(parts[0], parts[1], "")) : Optional.empty();
    }

    /** The NODE of {@code system:node:NODE}, if it could exist. */
    static Optional<String> node(String name) {
        return Optional.of(name)
                .filter(n -> n.startsWith(NodeIdentity.PREFIX))
                .map(n -> n.substring(NodeIdentity.PREFIX.length()))
                .filter(n -> Names.dnsSubdomainProblems(n, false).isEmpty());
    }

    /** Whether the caller is a service account whose pod runs on the node of that name. */
    static boolean runsOn(User caller, String nodeUser) {
        return account(caller.name()).isPresent()
                && node(nodeUser)
                        .map(node -> caller.extra()
                                .getOrDefault(NODE_NAME, List.of())
                                .equals(List.of(node)))
                        .orElse(false);
    }
}
