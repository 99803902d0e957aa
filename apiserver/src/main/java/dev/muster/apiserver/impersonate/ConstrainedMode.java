package dev.muster.apiserver.impersonate;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Acting as another only for some actions: {@code impersonate-on:MODE:VERB} on what the request wants to do, and {@code
 * impersonate:MODE} on the user.
 *
 * @param name the MODE
 * @param takes which wishes of which callers it has to do with
 * @param asks how a question is put to the authorizer
 * @see <a href="https://kep.k8s.io/5284">KEP-5284</a>
 */
record ConstrainedMode(String name, BiPredicate<Wish, User> takes, UnaryOperator<Attributes> asks) implements Mode {

    private static final String ASSOCIATED_KEYS = "authentication.kubernetes.io/associated-node-keys";

    /** All of them, in the order they are tried. */
    static List<Mode> all() {
        return List.of(
                new ConstrainedMode(
                        "associated-node",
                        (wish, caller) -> wish.namesUserOnly() && Usernames.runsOn(caller, wish.name()),
                        ConstrainedMode::ofAnyNode),
                new ConstrainedMode(
                        "arbitrary-node",
                        (wish, _) -> wish.namesUserOnly()
                                && Usernames.node(wish.name()).isPresent(),
                        UnaryOperator.identity()),
                new ConstrainedMode(
                        "serviceaccount",
                        (wish, _) -> wish.namesUserOnly()
                                && Usernames.account(wish.name()).isPresent(),
                        UnaryOperator.identity()),
                new ConstrainedMode(
                        "user-info",
                        (wish, _) -> Usernames.node(wish.name()).isEmpty()
                                && Usernames.account(wish.name()).isEmpty(),
                        UnaryOperator.identity()));
    }

    @Override
    public String constraint() {
        return "impersonate:" + name;
    }

    @Override
    public Optional<Answer> judge(Wish wish, Attributes request, Checks checks) {
        if (!takes.test(wish, request.user())) {
            return Optional.empty();
        }
        var asking = new Asking(checks, asks);
        var parts = new Parts(request.user(), constraint(), true, asking);
        return Optional.of(asking.ask(on(request))
                .or(() -> parts.refusedOf(wish))
                .<Answer>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Granted(Wanted.of(wish, true))));
    }

    private Attributes on(Attributes request) {
        String verb = "impersonate-on:" + name + ":" + request.verb();
        return switch (request) {
            case PathAttributes path -> new PathAttributes(path.user(), verb, path.path());
            case ResourceAttributes r ->
                new ResourceAttributes(
                        r.user(),
                        verb,
                        r.namespace(),
                        r.apiGroup(),
                        r.apiVersion(),
                        r.resource(),
                        r.subresource(),
                        r.name(),
                        r.path(),
                        r.selectors());
        };
    }

    /** Not this node but any, asked by an account that says nothing of its pod: the answer is one for the account everywhere. */
    private static Attributes ofAnyNode(Attributes asked) {
        var caller = asked.user();
        var bare = new User(
                caller.name(),
                caller.uid(),
                caller.groups(),
                Map.of(ASSOCIATED_KEYS, List.copyOf(new TreeSet<>(caller.extra().keySet()))));
        return switch (asked) {
            case PathAttributes path -> new PathAttributes(bare, path.verb(), path.path());
            case ResourceAttributes r ->
                new ResourceAttributes(
                        bare,
                        r.verb(),
                        r.namespace(),
                        r.apiGroup(),
                        r.apiVersion(),
                        r.resource(),
                        r.subresource(),
                        r.verb().equals("impersonate:associated-node") ? "*" : r.name(),
                        r.path(),
                        r.selectors());
        };
    }
}
