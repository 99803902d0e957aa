package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.secret.Secret;

/**
 * TokenReview: whose token is this? 201 whether it is anybody's or not.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/">TokenReview</a>
 */
final class TokenReviews implements Creator {

    private static final String NOBODYS = "invalid bearer token";

    private final ResourceType type;
    private final TokenAuthenticator tokens;
    private final Audiences ours;

    /** @param ours the audiences that authenticators mean who do not know of audiences */
    TokenReviews(ResourceType type, TokenAuthenticator tokens, Audiences ours) {
        this.type = type;
        this.tokens = tokens;
        this.ours = ours;
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        var review = body.copyTree();
        var spec = review.path("spec");
        String token = Trees.text(spec, "token");
        if (token.isEmpty()) {
            throw new StatusException(
                    RequestStatuses.badRequest("token is required for TokenReview in authentication"));
        }
        var asked = new Audiences(Trees.texts(spec.path("audiences")));
        var wanted = asked.isUnspecified() ? ours : asked;
        var status = review.putObject("status");
        if (isOneWord(token)) {
            answer(status, ask(Secret.of(token), wanted), wanted);
        } else {
            // A header would be cut at the space; nobody has asked for half a token.
            refuse(status, NOBODYS);
        }
        return ApiObject.of(review);
    }

    private static boolean isOneWord(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }

    private Outcome ask(Secret token, Audiences wanted) {
        var outcome = tokens.authenticate(token, wanted);
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    private void answer(ObjectNode status, Outcome outcome, Audiences wanted) {
        switch (outcome) {
            case Outcome.Accepted accepted -> accept(status, accepted, wanted);
            case Outcome.NotMine _ -> refuse(status, NOBODYS);
            case Outcome.Refused refused -> refuse(status, words(refused.reason()));
            case Outcome.Unavailable unavailable ->
                refuse(status, "the token cannot be judged now: " + unavailable.what() + " is unavailable");
            case Outcome.Elsewhere _ -> refuse(status, "the token cannot be judged now");
        }
    }

    /** The reason, which is one of few; the detail is for the log of who refused it. */
    private static String words(Reason reason) {
        return switch (reason) {
            case UNKNOWN -> NOBODYS;
            case MALFORMED -> "[" + NOBODYS + ", it cannot be read]";
            case EXPIRED -> "[" + NOBODYS + ", it has expired]";
            case NOT_YET_VALID -> "[" + NOBODYS + ", it is not valid yet]";
            case UNTRUSTED -> "[" + NOBODYS + ", its signature is not trusted]";
            case WRONG_PURPOSE -> "[" + NOBODYS + ", it is for another audience or purpose]";
            case REVOKED -> "[" + NOBODYS + ", it was revoked]";
            case POLICY -> "[" + NOBODYS + ", the policy refuses it]";
        };
    }

    private void accept(ObjectNode status, Outcome.Accepted accepted, Audiences wanted) {
        // An authenticator that does not know of audiences means ours.
        var meant = accepted.audiences().isUnspecified() ? ours : accepted.audiences();
        var good = wanted.isUnspecified() ? meant : wanted.intersect(meant);
        if (!wanted.isUnspecified() && good.isUnspecified()) {
            refuse(status, words(Reason.WRONG_PURPOSE));
            return;
        }
        status.put("authenticated", true);
        Trees.putUser(status, "user", accepted.user());
        Trees.putTexts(status, "audiences", good.names());
    }

    private static void refuse(ObjectNode status, String error) {
        status.put("authenticated", false);
        status.putObject("user");
        status.put("error", error);
    }
}
