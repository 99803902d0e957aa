package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.secret.Secret;
import java.util.List;
import java.util.Optional;

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
    private final RefusedTokens refused;

    /**
     * @param ours the audiences that authenticators mean who do not know of audiences
     * @param refused told of every token that is nobody's
     */
    TokenReviews(ResourceType type, TokenAuthenticator tokens, Audiences ours, RefusedTokens refused) {
        this.type = type;
        this.tokens = tokens;
        this.ours = ours;
        this.refused = refused;
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
            answer(status, ask(Secret.of(token), wanted), wanted)
                    .ifPresent(story -> refused.told(call, story.said(), story.heard()));
        } else {
            // A header would be cut at the space; nobody has asked for half a token.
            refuse(status, NOBODYS);
            refused.told(call, "the token is not one word", List.of());
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

    /** What operators are told; empty when it is somebody's. */
    private record Story(String said, List<Heard> heard) {

        static Optional<Story> of(String said, Outcome outcome) {
            return Optional.of(new Story(said, outcome.trail().heard()));
        }
    }

    private Optional<Story> answer(ObjectNode status, Outcome outcome, Audiences wanted) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accept(status, accepted, wanted);
            case Outcome.NotMine _ -> {
                refuse(status, NOBODYS);
                yield Story.of("nobody knows the token", outcome);
            }
            case Outcome.Refused no -> {
                refuse(status, words(no.reason()));
                yield Story.of(no.reason() + ": " + no.detailForLog(), outcome);
            }
            case Outcome.Unavailable unavailable -> {
                refuse(status, "the token cannot be judged now: " + unavailable.what() + " is unavailable");
                yield Story.of("unavailable: " + unavailable.what(), outcome);
            }
            case Outcome.Elsewhere _ -> {
                refuse(status, "the token cannot be judged now");
                yield Story.of("an authenticator went round in circles", outcome);
            }
        };
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

    private Optional<Story> accept(ObjectNode status, Outcome.Accepted accepted, Audiences wanted) {
        // An authenticator that does not know of audiences means ours.
        var meant = accepted.audiences().isUnspecified() ? ours : accepted.audiences();
        var good = wanted.isUnspecified() ? meant : wanted.intersect(meant);
        if (!wanted.isUnspecified() && good.isUnspecified()) {
            refuse(status, words(Reason.WRONG_PURPOSE));
            return Story.of("the token is for " + meant.names() + ", not for " + wanted.names(), accepted);
        }
        status.put("authenticated", true);
        Trees.putUser(status, "user", accepted.user());
        Trees.putTexts(status, "audiences", good.names());
        return Optional.empty();
    }

    private static void refuse(ObjectNode status, String error) {
        status.put("authenticated", false);
        status.putObject("user");
        status.put("error", error);
    }
}
