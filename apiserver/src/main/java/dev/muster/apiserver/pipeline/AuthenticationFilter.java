package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.Warnings;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.http.serve.IdentityHeaders;
import dev.muster.http.serve.Lane;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asks. Whatever is not accepted is 401, a backend's outage included, with nothing in it that says why: the story is for
 * the log and for operators. What was accepted takes its credentials off the request.
 */
final class AuthenticationFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);
    private static final Status UNAUTHORIZED = RequestStatuses.unauthorized();

    private final Authenticator authenticator;
    private final Audiences audiences;
    private final IdentityHeaders identityHeaders;
    private final Responder responder;
    private final Counters counters;
    private final Refusals refusals;
    private final LiveRequests live;
    private final CertificateObserver certificates;

    AuthenticationFilter(Doors doors, IdentityHeaders identityHeaders, Responder responder, Observers observers) {
        this.authenticator = doors.authenticator();
        this.audiences = doors.audiences();
        this.identityHeaders = identityHeaders;
        this.responder = responder;
        this.counters = observers.counters();
        this.refusals = observers.refusals();
        this.live = observers.live();
        this.certificates = observers.certificates();
    }

    @Override
    public void apply(Turn turn) {
        judge(turn, ask(turn));
    }

    /** An exception is a bug in an authenticator; it must neither let in nor become a stranger's 500. */
    private Outcome ask(Turn turn) {
        try {
            return authenticator.authenticate(new RequestCredentials(turn, audiences));
        } catch (RuntimeException bug) {
            return failed(turn, bug);
        }
    }

    private static Outcome askElsewhere(Turn turn, Outcome.Elsewhere elsewhere) {
        try {
            return elsewhere.ask().get();
        } catch (RuntimeException bug) {
            return failed(turn, bug);
        }
    }

    private static Outcome failed(Turn turn, RuntimeException bug) {
        LOG.error("an authenticator failed: {}", LogText.of(turn), bug);
        return new Outcome.Unavailable("an authenticator failed", bug);
    }

    private void judge(Turn turn, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted accepted -> accept(turn, accepted);
            case Outcome.Elsewhere elsewhere ->
                turn.offload(Lane.BLOCKING, () -> {
                    var answer = askElsewhere(turn, elsewhere);
                    judge(
                            turn,
                            answer instanceof Outcome.Elsewhere
                                    ? new Outcome.Unavailable("an authenticator went round in circles", null)
                                    : answer);
                });
            case Outcome.NotMine nobody ->
                refuse(turn, Counters.Authentication.FAILURE, "no credential was presented", nobody.trail());
            case Outcome.Refused refused ->
                refuse(
                        turn,
                        Counters.Authentication.ERROR,
                        refused.reason() + ": " + refused.detailForLog(),
                        refused.trail());
            case Outcome.Unavailable unavailable -> {
                // Whoever likes brings this about while a backend is down: one line each, and stack traces for bugs
                // alone.
                LOG.warn(
                        "cannot judge a credential: {}{}: {}",
                        unavailable.what(),
                        cause(unavailable),
                        LogText.of(turn));
                refuse(turn, Counters.Authentication.ERROR, "unavailable: " + unavailable.what(), unavailable.trail());
            }
        }
    }

    private static String cause(Outcome.Unavailable unavailable) {
        String said = unavailable.cause() == null ? null : unavailable.cause().getMessage();
        return said == null || unavailable.what().contains(said) ? "" : " (" + said + ")";
    }

    private void accept(Turn turn, Outcome.Accepted accepted) {
        if (!audiences.isUnspecified()
                && !accepted.audiences().isUnspecified()
                && !accepted.audiences().meets(audiences)) {
            refuse(
                    turn,
                    Counters.Authentication.ERROR,
                    "the credential is for " + accepted.audiences().names() + ", not for " + audiences.names(),
                    Trail.EMPTY);
            return;
        }
        var user = accepted.user();
        identityHeaders.strip(turn.headers(), turn.headerNames());
        warn(turn, accepted.warnings());
        if (turn.httpVersion() >= 2 && (user.name().equals(User.ANONYMOUS) || user.isIn(User.UNAUTHENTICATED))) {
            turn.closeConnectionAfter();
        }
        counters.authenticated(user.name());
        turn.user(user);
        boolean lasting = turn.info().longRunning();
        // A body may be long in coming: who is taken back meanwhile writes nothing.
        if (lasting || !isReading(turn.method())) {
            turn.onClosed(live.begun(accepted, turn::cutOff));
        }
        if (turn.peerChain().isPresent()) {
            noteUse(turn, accepted, turn.peerChain().get(), lasting);
        }
        turn.proceed();
    }

    private static boolean isReading(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private void noteUse(Turn turn, Outcome.Accepted accepted, PeerChain peer, boolean lasting) {
        certificates.used(accepted, peer, turn.remote());
        if (lasting) {
            turn.onClosed(certificates.watching(accepted, peer, turn.remote()));
        }
    }

    private static void warn(Turn turn, List<String> warnings) {
        for (String warning : warnings) {
            turn.addHeader("warning", Warnings.header(warning));
        }
    }

    /** Warnings are about the form of a header, never about whose credential is in it. */
    private void refuse(Turn turn, Counters.Authentication result, String said, Trail trail) {
        counters.authentication(result);
        warn(turn, trail.warnings());
        refusals.tell(turn, Story.unknownCaller(said, trail.heard()));
        if (turn.httpVersion() >= 2) {
            turn.closeConnectionAfter();
        }
        responder.status(turn, UNAUTHORIZED);
    }
}
