package dev.muster.apiserver.clientcertificate;

import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.core.certificate.CertificateLedger;
import dev.muster.core.certificate.ClientCertificate;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/**
 * {@code clientcertificates}: who holds one, until when, last used, from how many addresses. Its revisions are its own; they have
 * nothing to do with the store's. A long list that is read in pieces is shown piece by piece as it is then.
 */
public final class ClientCertificateResource implements Getter, Lister {

    private static final Key PREFIX = Key.of("/clientcertificates/");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ResourceType type;
    private final CertificateLedger ledger;
    private final ClientCertificateObjects objects;

    public ClientCertificateResource(Kinds kinds, CertificateLedger ledger, InstantSource clock) {
        this.type = kinds.byResource(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "clientcertificates")
                .orElseThrow();
        this.ledger = ledger;
        this.objects = new ClientCertificateObjects(type, clock);
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public Revision revision() {
        return Revision.of(ledger.revision());
    }

    @Override
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (revision().compareTo(revision) < 0) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    @Override
    public Optional<ApiObject> get(ApiCall call) {
        long now = ledger.revision();
        return ledger.find(call.info().name()).map(one -> objects.of(one, now));
    }

    @Override
    public Snapshot<ApiObject> list(ApiCall call) {
        Revision now = revision();
        return new Snapshot<>(new Shown(ledger.all(), now), now);
    }

    @Override
    public Optional<Page> listAt(ApiCall call, Revision at, Optional<Key> after, int limit) {
        var rest = after.isEmpty()
                ? ledger.all()
                : ledger.all().stream()
                        .filter(one -> key(one).compareTo(after.get()) > 0)
                        .toList();
        boolean more = limit > 0 && rest.size() > limit;
        return Optional.of(new Page(new Shown(more ? rest.subList(0, limit) : rest, at), at, more));
    }

    @Override
    public Key prefix(ApiCall call) {
        return PREFIX;
    }

    /** In the ledger's order: by user, then by end. */
    private static Key key(ClientCertificate one) {
        var issue = one.issue();
        return Key.of(PREFIX.path() + issue.user().name().replace('\0', ' ') + "/"
                + "%016x".formatted(issue.until().getEpochSecond()) + "/" + one.id());
    }

    /** Objects made when somebody looks at them: only how many there are is asked on the event loop. */
    private final class Shown extends AbstractList<Cached<ApiObject>> {

        private final List<ClientCertificate> certificates;
        private final Revision now;

        Shown(List<ClientCertificate> certificates, Revision now) {
            this.certificates = certificates;
            this.now = now;
        }

        @Override
        public Cached<ApiObject> get(int index) {
            var one = certificates.get(index);
            return new Cached<>(key(one), objects.of(one, now.value()), now);
        }

        @Override
        public int size() {
            return certificates.size();
        }
    }
}
