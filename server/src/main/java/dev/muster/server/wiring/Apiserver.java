package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.admission.AdmissionPlugins;
import dev.muster.apiserver.controllers.ControllerHealth;
import dev.muster.apiserver.controllers.Controllers;
import dev.muster.apiserver.health.Shutdown;
import dev.muster.apiserver.pipeline.Doors;
import dev.muster.apiserver.route.ResourceRouter;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.identity.Audiences;
import dev.muster.http.serve.Handler;
import dev.muster.http.server.HttpServer;
import dev.muster.http.server.Limits;
import dev.muster.http.server.ServerConfig;
import dev.muster.http.server.TlsConfig;
import dev.muster.http.server.TlsEngine;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.pki.AdminKubeconfig;
import dev.muster.server.pki.OwnAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One running API server. */
public final class Apiserver implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Closing closing;
    private final Kinds kinds;
    private final ObjectAccess objects;
    private final OwnAuthority authority;
    private final String url;
    private final String caPem;

    private Apiserver(
            Closing closing, Kinds kinds, ObjectAccess objects, OwnAuthority authority, String url, String caPem) {
        this.closing = closing;
        this.kinds = kinds;
        this.objects = objects;
        this.authority = authority;
        this.url = url;
        this.caPem = caPem;
    }

    /** Starts; returns when it serves. */
    public static Apiserver start(ApiserverOptions options, DataDir dir, InstantSource clock, SecureRandom random)
            throws IOException, ConfigurationException, InterruptedException {
        var closing = new Closing();
        try {
            return start(options, dir, clock, random, closing);
        } catch (IOException | ConfigurationException | InterruptedException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Apiserver start(
            ApiserverOptions options, DataDir dir, InstantSource clock, SecureRandom random, Closing closing)
            throws IOException, ConfigurationException, InterruptedException {
        ScheduledExecutorService timer = timer(closing);
        OwnAuthority authority = OwnAuthority.open(dir, clock, random);
        Storage storage = Storage.open(dir, options.encryptionConfiguration(), random, closing);
        var audiences = new Audiences(options.authentication().audiences());
        var accounts = ServiceAccounts.open(options.serviceAccounts(), audiences, dir, clock, random);
        var accountStart = new AccountStart();
        String address =
                options.serving().advertised() + ":" + options.serving().port();
        var openId = OpenId.open(options.authentication().oidc(), address, clock, random, timer, closing);
        var accessTokens = new AccessTokenStart(audiences, storage.cache(), clock);
        Identities identities = Identities.open(
                options.authentication(),
                authority.certificate(),
                storage,
                new Identities.Tokens(
                        accessTokens.after(accounts.authenticators(storage.cache(), accountStart)),
                        openId.map(people -> people.authenticator(audiences)).stream()
                                .toList(),
                        accessTokens::isGone),
                clock,
                random,
                timer);
        Permissions permissions =
                Permissions.open(options.authorization().modes(), storage.kinds(), storage.cache(), closing);
        var front = new Front(storage.kinds(), clock, random, timer);
        var certificates = Certificates.open(storage, identities.revocations(), clock, timer, closing);
        var auditor = Auditing.open(options.audit(), storage.kinds(), front.counters(), clock, closing);
        Api api = Api.of(
                        storage,
                        permissions,
                        identities.authentication().tokens(),
                        audiences,
                        options,
                        new Api.Told(front.refusals(), certificates.ledger(), new Api.Chance(clock, random)))
                .withTokens(accounts.issuer(), accounts.policy());
        if (options.authorization().admissionPlugins().contains(AdmissionPlugins.SERVICE_ACCOUNT)) {
            AccountStart.admit(api, random);
        }
        var router = new ResourceRouter(api.resources(), api.kinds(), front.responder(), clock);
        var doors = new Doors(identities.authentication().requests(), audiences, permissions.authorizer())
                .with(permissions.bindings())
                .with(front.impersonator(permissions.authorizer(), options.features()))
                .stripping(identities.assertedHeaders());
        var signer = certificates.noting(ClusterSigning.signer(options.signing(), authority, clock, random, timer));
        var loops = new ArrayList<>(closing.add(
                        "controllers",
                        api.control(
                                storage,
                                new Controllers.Certification(
                                        signer, permissions.authorizer(), certificates.revokedKeys(), clock)))
                .loops());
        var policy = new PolicyStart(
                new RbacStorage(api.kinds(), api.stored().access()),
                BootstrapStart.policy(
                        options.authentication(), options.authorization().superUser()));
        policy.start(storage, closing, timer);
        ServingTls serving = ServingTls.open(options.serving(), authority, identities::hints, timer);
        loops.addAll(accountStart.begin(api, storage, accounts, serving.caPem(), clock, closing));
        loops.add(accessTokens.begin(api, storage, clock, closing));
        loops.addAll(TrustStart.begin(api, storage, identities, clock, closing));
        if (options.authentication().bootstrapTokens()) {
            loops.addAll(BootstrapStart.begin(api, storage, clock, closing));
        }
        var controllers = new ControllerHealth(loops);
        front.counters().block(controllers::metrics);
        var shutdown = new Shutdown();
        var checks = new ArrayList<>(List.of(Paths.storeCheck(storage.cache()), policy.check()));
        checks.addAll(controllers.checks());
        openId.map(OpenId::check).ifPresent(checks::add);
        openId.ifPresent(people -> front.counters().block(people::metrics));
        openId.flatMap(OpenId::file).ifPresent(file -> front.counters().block(() -> file.metrics(address)));
        front.counters().block(identities.names()::metrics);
        var more = new ArrayList<>(accounts.documents(address));
        more.add(NamesRoute.of(identities.names()));
        var paths = Paths.of(api, front, checks, shutdown, clock, address, more);
        var pipeline = front.pipeline(
                doors,
                router,
                paths,
                options.limits(),
                new Front.Watchers(identities.live(), certificates.observer(), auditor));
        HttpServer server = closing.add("listener", listen(options, serving, front, pipeline));
        closing.add("drain", () -> drain(shutdown, options.limits().shutdownDelay(), server));
        String url = url(options.serving(), server.address().getPort());
        AdminKubeconfig.ensure(dir.adminKubeconfig(), authority, url, serving.caPem());
        if (options.authentication().bootstrapTokens()) {
            ClusterInfo.publish(api, url, serving.caPem());
        }
        new Running(
                        url,
                        options.authentication().clientCa(),
                        options.authentication().tokenFile())
                .write(dir);
        return new Apiserver(closing, api.kinds(), api.stored().access(), authority, url, serving.caPem());
    }

    private static HttpServer listen(ApiserverOptions options, ServingTls serving, Front front, Handler handler)
            throws ConfigurationException {
        var engine = options.serving().boringSsl() ? TlsEngine.BORINGSSL : TlsEngine.JDK;
        var address = new InetSocketAddress(
                options.serving().bind(), options.serving().port());
        var config = ServerConfig.of(address, new TlsConfig(serving.tls(), engine))
                .with(front.faults())
                .with(Limits.DEFAULT.withStreams(options.limits().streamsPerConnection()));
        try {
            return HttpServer.start(config, handler);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("--secure-port", e.getCause().getMessage());
        }
    }

    /** Not ready, then a while for load balancers to notice, then no new connections and some patience with the old ones. */
    private static void drain(Shutdown shutdown, Duration delay, HttpServer server) throws InterruptedException {
        shutdown.begin();
        Thread.sleep(delay);
        server.drain(DRAIN);
    }

    private static ScheduledExecutorService timer(Closing closing) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("muster-timer").daemon().factory());
        closing.add("timer", timer::shutdownNow);
        return timer;
    }

    private static String url(ApiserverOptions.Serving options, int port) {
        String host = options.advertised();
        return "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    public String url() {
        return url;
    }

    /** What clients must trust, PEM. */
    public String caPem() {
        return caPem;
    }

    public OwnAuthority authority() {
        return authority;
    }

    public Kinds kinds() {
        return kinds;
    }

    /** Objects, for what is made at start. */
    public ObjectAccess objects() {
        return objects;
    }

    /** Stops taking requests, lets those under way finish, and closes everything. */
    @Override
    public void close() {
        closing.close();
    }
}
