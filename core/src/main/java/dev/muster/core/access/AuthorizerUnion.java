package dev.muster.core.access;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks authorizers in order. The first allow or deny wins; no opinion moves on; at the end of the list there is no
 * opinion, with all that was said on the way, and failed if any of them failed.
 */
public final class AuthorizerUnion implements Authorizer {

    private final List<Authorizer> members;

    public AuthorizerUnion(List<Authorizer> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public Decision authorize(Attributes attributes) {
        return from(0, List.of(), false, attributes);
    }

    private Decision from(int start, List<Decision.Grounds> before, boolean failedBefore, Attributes attributes) {
        List<Decision.Grounds> said = before;
        boolean failed = failedBefore;
        for (int i = start; i < members.size(); i++) {
            switch (members.get(i).authorize(attributes)) {
                case Decision.Allow allow -> {
                    return allow;
                }
                case Decision.Deny deny -> {
                    return deny;
                }
                case Decision.NoOpinion none -> {
                    said = plus(said, none.grounds());
                    failed |= none.failed();
                }
                case Decision.Elsewhere elsewhere -> {
                    int next = i + 1;
                    var soFar = said;
                    boolean failedSoFar = failed;
                    return new Decision.Elsewhere(() -> resume(next, soFar, failedSoFar, elsewhere, attributes));
                }
            }
        }
        return new Decision.NoOpinion(joined(said), failed);
    }

    private Decision resume(
            int next,
            List<Decision.Grounds> soFar,
            boolean failedSoFar,
            Decision.Elsewhere elsewhere,
            Attributes attributes) {
        Decision answer = elsewhere.ask().get();
        if (!(answer instanceof Decision.NoOpinion none)) {
            return answer;
        }
        Decision rest = from(next, plus(soFar, none.grounds()), failedSoFar || none.failed(), attributes);
        return rest instanceof Decision.Elsewhere again ? again.ask().get() : rest;
    }

    private static List<Decision.Grounds> plus(List<Decision.Grounds> said, Decision.Grounds more) {
        if (more == Decision.Grounds.NONE) {
            return said;
        }
        var all = new ArrayList<>(said);
        all.add(more);
        return all;
    }

    private static Decision.Grounds joined(List<Decision.Grounds> said) {
        return switch (said.size()) {
            case 0 -> Decision.Grounds.NONE;
            case 1 -> said.getFirst();
            default ->
                () -> String.join(
                        "\n",
                        said.stream()
                                .map(Decision.Grounds::text)
                                .filter(t -> !t.isEmpty())
                                .toList());
        };
    }
}
