package dev.muster.apiserver.serviceaccount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Gvk;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.ObjectMetaRules;
import dev.muster.apiserver.admission.Admission;
import dev.muster.apiserver.audit.RequestAudit;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.identity.Audiences;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.AccountTokenIssuer;
import dev.muster.core.issuing.TokenOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code serviceaccounts/token}: POST makes a token. Nothing is stored. */
public final class TokenRequests implements Creator {

    private static final FieldPath SECONDS = FieldPath.of("spec", "expirationSeconds");
    private static final long AN_HOUR = 3600;
    private static final long SHORTEST = 600;
    private static final long LONGEST = 1L << 32;
    private static final Gvk KIND = new Gvk("authentication.k8s.io", "v1", "TokenRequest");

    private final ResourceType accounts;
    private final ResourceType kind;
    private final ObjectAccess access;
    private final Bindings bindings;
    /** By this an audit finds what was done with the token. */
    private static final String ISSUED = "authentication.kubernetes.io/issued-credential-id";

    private final AccountTokenIssuer issuer;
    private final TokenPolicy policy;
    private final Consumer<Admission.Attempt> admission;

    /** Without admission. */
    public TokenRequests(Kinds kinds, ObjectAccess access, AccountTokenIssuer issuer, TokenPolicy policy) {
        this(kinds, access, issuer, policy, _ -> {});
    }

    /** @param admission asked about every request, before anything is looked up; throws what it does not admit */
    public TokenRequests(
            Kinds kinds,
            ObjectAccess access,
            AccountTokenIssuer issuer,
            TokenPolicy policy,
            Consumer<Admission.Attempt> admission) {
        this.accounts = kinds.byResource("", "v1", "serviceaccounts").orElseThrow();
        this.kind = new ResourceType(
                KIND,
                "tokenrequests",
                "tokenrequest",
                true,
                List.of(),
                List.of(),
                false,
                kinds.bodyOf(KIND).orElseThrow(),
                null,
                List.of(),
                List.of());
        this.access = access;
        this.bindings = new Bindings(access, kinds);
        this.issuer = issuer;
        this.policy = policy;
        this.admission = admission;
    }

    @Override
    public ResourceType type() {
        return accounts;
    }

    @Override
    public ResourceType kind() {
        return kind;
    }

    @Override
    public String subresource() {
        return "token";
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        String namespace = call.info().namespace();
        String name = call.info().name();
        admission.accept(new Admission.Attempt(
                Admission.Operation.CREATE,
                call.user(),
                accounts,
                subresource(),
                namespace,
                name,
                Optional.of(body),
                Optional.empty()));
        var account = access.get(accounts, namespace, name)
                .orElseThrow(() -> new StatusException(Statuses.notFound(accounts, name)));
        var id = new AccountId(namespace, name, account.uid());
        var tree = body.copyTree();
        ObjectMetaRules.matchName(tree, name);
        ObjectMetaRules.matchNamespace(tree, namespace, accounts);
        requireUid(body, id);
        var spec = tree.withObjectProperty("spec");
        var audiences = audiences(spec);
        var asked = Duration.ofSeconds(seconds(spec));
        var binding = bindings.of(spec.path("boundObjectRef"), id);
        var life = policy.life(asked, audiences, binding);
        if (life.shortened()) {
            call.warn("requested expiration of " + asked.toSeconds() + " seconds shortened to "
                    + life.life().toSeconds() + " seconds");
            spec.put("expirationSeconds", life.life().toSeconds());
        }
        var issued = issuer.issue(new TokenOrder(id, audiences, life.life(), life.warnAfter(), binding));
        call.exchange().get(RequestAudit.SLOT).ifPresent(audit -> audit.annotate(ISSUED, "JTI=" + issued.id()));
        ((ObjectNode) tree.get("metadata")).put("creationTimestamp", issued.at().toString());
        tree.putObject("status")
                .put("token", issued.token().reveal())
                .put("expirationTimestamp", issued.at().plus(life.told()).toString());
        return ApiObject.of(tree);
    }

    private void requireUid(ApiObject body, AccountId id) {
        if (!body.uid().isEmpty() && !body.uid().equals(id.uid())) {
            throw new StatusException(Statuses.conflict(
                    accounts,
                    id.name(),
                    "the UID in the token request (" + body.uid() + ") does not match the UID of the service account ("
                            + id.uid() + ")"));
        }
    }

    private Audiences audiences(ObjectNode spec) {
        var names = new ArrayList<String>();
        spec.path("audiences").forEach(name -> names.add(name.asText()));
        if (names.isEmpty()) {
            var all = spec.putArray("audiences");
            policy.own().names().forEach(all::add);
            return policy.own();
        }
        return new Audiences(names);
    }

    private static long seconds(ObjectNode spec) {
        long seconds = spec.path("expirationSeconds").asLong(AN_HOUR);
        spec.put("expirationSeconds", seconds);
        if (seconds < SHORTEST) {
            throw invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST) {
            throw invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
        return seconds;
    }

    private static StatusException invalid(long seconds, String why) {
        Status.Cause cause = FieldErrors.invalid(SECONDS, seconds, why);
        return new StatusException(Statuses.invalid(KIND, "", List.of(cause)));
    }
}
