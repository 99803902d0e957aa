package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.audit.Auditor;
import dev.muster.apiserver.impersonate.Impersonator;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.request.ApiHandler;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.apiserver.request.PathRoutes;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.BindingLister;
import dev.muster.core.access.Decision;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A pipeline with doors made by hand: tokens are user names, rights are "verb path" or "verb resource". */
final class Front {

    static final Authenticator TOKENS = presented -> {
        var sent = presented.header("authorization");
        if (sent.isEmpty() || !sent.getFirst().startsWith("Bearer ")) {
            return Outcome.accepted(User.anonymous());
        }
        String token = sent.getFirst().substring(7);
        return switch (token) {
            case "bad" -> Outcome.refused(Reason.UNKNOWN, "nobody knows it");
            case "down" -> new Outcome.Unavailable("directory", new IllegalStateException("no route"));
            case "bug" -> throw new IllegalStateException("a bug");
            case "slow" -> new Outcome.Elsewhere(() -> Outcome.accepted(User.of("slow")));
            case "slowbad" -> new Outcome.Elsewhere(() -> Outcome.refused(Reason.EXPIRED, "too old"));
            case "slowbug" ->
                new Outcome.Elsewhere(() -> {
                    throw new IllegalStateException("a bug");
                });
            case "vault" -> new Outcome.Accepted(User.of("vault"), Audiences.of("vault"), List.of());
            case "root" -> Outcome.accepted(User.of("root", User.MASTERS));
            case "old" -> new Outcome.Accepted(User.of("old"), Audiences.UNSPECIFIED, List.of("renew \"it\""));
            default -> Outcome.accepted(User.of(token, User.AUTHENTICATED));
        };
    };

    final List<ApiCall> calls = new ArrayList<>();
    final Counters counters = new Counters();
    final Refusals refusals = new Refusals(16, true, InstantSource.fixed(Instant.EPOCH), new Random(1));
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    Authenticator authenticator = TOKENS;
    Audiences audiences = Audiences.UNSPECIFIED;
    Authorizer authorizer =
            asked -> isFor(asked, "jane", "root", "slow", "old", "vault") ? Decision.allow("") : Decision.NO_OPINION;
    BindingLister bindings = BindingLister.NONE;
    boolean constrained = true;
    ApiHandler resources = call -> call.exchange().respond(Response.empty(200));
    List<PathRoute> routes = new ArrayList<>();
    Limits limits = Limits.standard(new AddressLimit(0, 0, InstantSource.system(), 0));
    LiveRequests live = LiveRequests.UNWATCHED;
    Optional<Auditor> auditor = Optional.empty();
    final Responder responder = Responder.ofText();

    static boolean isFor(Attributes asked, String... names) {
        return List.of(names).contains(asked.user().name());
    }

    Front limits(int reading, int mutating, Duration deadline) {
        limits = new Limits(reading, mutating, deadline, limits.addresses());
        return this;
    }

    Pipeline pipeline() {
        var dispatch = new Dispatch(
                call -> {
                    calls.add(call);
                    resources.handle(call);
                },
                new PathRoutes(routes),
                responder);
        return new Pipeline(
                new Doors(
                        authenticator,
                        audiences,
                        authorizer,
                        bindings,
                        Impersonator.of(authorizer, constrained),
                        List.of("X-Proxy-User"),
                        List.of("X-Proxy-Extra-")),
                dispatch,
                responder,
                limits,
                new Observers(
                        counters, refusals, new AuditIds(new Random(2)), live, CertificateObserver.NOBODY, auditor),
                timer);
    }

    FakeExchange send(FakeExchange exchange) {
        pipeline().handle(exchange);
        return exchange;
    }

    /** A GET with a bearer token; none if it is empty. */
    FakeExchange get(String target, String token) {
        return send(as(FakeExchange.get(target), token));
    }

    static FakeExchange as(FakeExchange exchange, String token) {
        return token.isEmpty() ? exchange : exchange.header("Authorization", "Bearer " + token);
    }
}
