package dev.muster.server.wiring;

import dev.muster.authn.oidc.IssuerSettings.Trust;
import dev.muster.authn.oidc.OidcIssuers;
import dev.muster.authn.structured.AnonymousAccess;
import dev.muster.authn.structured.Apart;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.AuthenticationConfiguration.Read;
import dev.muster.authn.structured.AuthenticationConfiguration.Surroundings;
import dev.muster.crypto.reload.ReloadingFiles;
import dev.muster.crypto.reload.ReloadingFiles.Malformed;
import dev.muster.server.config.AuthenticationFileOptions;
import dev.muster.server.flags.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the file of {@code --authentication-config}, as Kubernetes does: what is wrong, or says something else of anonymous
 * requests, is told and ignored; new issuers are taken when all of them can be judged by, and not waited for longer than a minute
 * at a time. Kubernetes looks at the file when it changes and once a minute; here it is looked at every second.
 */
final class AuthenticationFile {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFile.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String PREFIX = "apiserver_authentication_config_controller_";

    private final ReloadingFiles<Followed> files;
    private final Reloads successes = new Reloads();
    private final Reloads failures = new Reloads();
    private final InstantSource clock;

    private volatile Followed adopted;
    private Followed tried;
    private Optional<OidcIssuers.Prepared> prepared = Optional.empty();
    private Instant since;

    /**
     * What a file said.
     *
     * @param hash of its bytes
     */
    private record Followed(AuthenticationConfiguration configuration, String hash) {}

    /** How often, and when last. */
    private record Reloads(AtomicLong count, AtomicLong last) {
        Reloads() {
            this(new AtomicLong(), new AtomicLong());
        }

        void add(Instant now) {
            count.incrementAndGet();
            last.set(now.getEpochSecond());
        }
    }

    private AuthenticationFile(AuthenticationFileOptions options, Trust trust, InstantSource clock, Apart apart)
            throws ConfigurationException {
        this.clock = clock;
        var surroundings = new Surroundings(options.disallowed(), trust, apart);
        try {
            files = ReloadingFiles.open(
                    List.of(options.path()),
                    AuthenticationConfiguration.LARGEST,
                    contents -> read(contents.getFirst(), surroundings, options.anonymous()),
                    new ReloadingFiles.Listener() {
                        @Override
                        public void reloaded(List<Path> changed) {
                            LOG.debug("authentication configuration read from {}", changed);
                        }

                        @Override
                        public void kept(List<Path> changed, String why) {
                            failed("the change of " + changed.getFirst() + " is ignored: " + why);
                        }
                    });
        } catch (IOException | Malformed e) {
            throw new ConfigurationException(
                    List.of(new Problem("--authentication-config", options.path() + ": " + e.getMessage())));
        }
        adopted = files.get();
        tried = adopted;
        since = clock.instant();
    }

    static AuthenticationFile open(AuthenticationFileOptions options, Trust trust, InstantSource clock, Closing closing)
            throws ConfigurationException {
        return new AuthenticationFile(options, trust, clock, closing.add("claim rules", new Apart()));
    }

    private static Followed read(byte[] content, Surroundings surroundings, Optional<AnonymousAccess> anonymous)
            throws Malformed {
        return switch (AuthenticationConfiguration.read(content, surroundings)) {
            case Read.Invalid(List<dev.muster.authn.structured.Problem> problems) ->
                throw new Malformed(
                        String.join(
                                "; ",
                                problems.stream()
                                        .map(dev.muster.authn.structured.Problem::toString)
                                        .toList()),
                        null);
            case Read.Valid(AuthenticationConfiguration configuration) -> {
                if (!configuration.anonymous().equals(anonymous)) {
                    throw new Malformed("anonymous: Forbidden: changed from initial configuration file", null);
                }
                yield new Followed(configuration, OpenIdMetrics.hash(new String(content, StandardCharsets.UTF_8)));
            }
        };
    }

    /** Takes the issuers that there are, ready or not, and from then on those that come. */
    void follow(OpenId people, Closing closing) {
        people.adopt(people.issuers().prepare(adopted.configuration().issuers()));
        // Compiling takes long enough to keep the deadlines of requests waiting on the common timer.
        var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name("muster-authentication-config")
                .daemon()
                .factory());
        closing.add("authentication configuration", thread::shutdownNow);
        long period = ReloadingFiles.OFTEN.toMillis();
        var unused = thread.scheduleWithFixedDelay(() -> look(people), period, period, TimeUnit.MILLISECONDS);
    }

    private void look(OpenId people) {
        try {
            files.poll();
            consider(files.get(), people);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            // The scheduler would stop looking for good.
            LOG.warn("following the authentication configuration failed", bug);
        }
    }

    private void consider(Followed wanted, OpenId people) throws InterruptedException {
        var now = clock.instant();
        boolean late = since.plus(PATIENCE).isBefore(now);
        if (wanted != tried || wanted != adopted && prepared.isEmpty() && late) {
            prepared.ifPresent(people.issuers()::drop);
            tried = wanted;
            since = now;
            prepared = wanted == adopted
                    ? Optional.empty()
                    : Optional.of(
                            people.issuers().prepare(wanted.configuration().issuers()));
        }
        if (prepared.isEmpty()) {
            return;
        }
        var wrong = prepared.get().awaitReady(Duration.ZERO);
        if (wrong.isPresent() && since.equals(now)) {
            LOG.info("a new authentication config waits until all its issuers can be judged by: {}", wrong.get());
        }
        if (wrong.isEmpty()) {
            people.adopt(prepared.get());
            prepared = Optional.empty();
            adopted = wanted;
            successes.add(now);
            LOG.info(
                    "reloaded authentication config: {} issuers",
                    wanted.configuration().issuers().size());
        } else if (since.plus(PATIENCE).isBefore(now)) {
            people.issuers().drop(prepared.get());
            prepared = Optional.empty();
            since = now;
            failed("not all issuers can be judged by: " + wrong.get());
        }
    }

    private void failed(String why) {
        failures.add(clock.instant());
        LOG.warn("failed to update authentication config, the old one stays: {}", why);
    }

    /** Kubernetes' metrics, as lines of the exposition format. */
    String metrics(String server) {
        String id = "{apiserver_id_hash=\"" + OpenIdMetrics.hash(server) + "\",";
        return lines(id, "automatic_reloads_total", "counter", Reloads::count)
                + lines(id, "automatic_reload_last_timestamp_seconds", "gauge", Reloads::last)
                + "# TYPE " + PREFIX + "last_config_info gauge\n" + PREFIX + "last_config_info" + id + "hash=\""
                + adopted.hash()
                + "\"} 1\n";
    }

    private String lines(String id, String name, String type, Function<Reloads, AtomicLong> value) {
        return "# TYPE " + PREFIX + name + " " + type + "\n"
                + PREFIX + name + id + "status=\"failure\"} " + value.apply(failures) + "\n"
                + PREFIX + name + id + "status=\"success\"} " + value.apply(successes) + "\n";
    }
}
