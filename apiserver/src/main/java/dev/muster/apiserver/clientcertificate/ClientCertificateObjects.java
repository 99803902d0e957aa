package dev.muster.apiserver.clientcertificate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.certificate.ClientCertificate;
import dev.muster.core.certificate.Issue;
import dev.muster.core.certificate.Use;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Client certificates as API objects. */
final class ClientCertificateObjects {

    private static final int HEX = 16;

    private final ResourceType type;
    private final InstantSource clock;

    ClientCertificateObjects(ResourceType type, InstantSource clock) {
        this.type = type;
        this.clock = clock;
    }

    ApiObject of(ClientCertificate certificate, long revision) {
        var issue = certificate.issue();
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
        tree.putObject("metadata")
                .put("name", certificate.id())
                .put("resourceVersion", Long.toString(revision))
                .put("creationTimestamp", time(issue.from()));
        issue(tree, issue);
        use(tree, certificate.use());
        certificate.revocation().ifPresent(name -> tree.put("revokedBy", name));
        tree.put("state", state(certificate));
        return ApiObject.of(tree);
    }

    private static void issue(ObjectNode tree, Issue issue) {
        var user = tree.putObject("user").put("username", issue.user().name());
        if (!issue.user().groups().isEmpty()) {
            issue.user().groups().forEach(user.putArray("groups")::add);
        }
        tree.put("issuer", issue.issuer()).put("serialNumber", issue.serial().toString(HEX));
        if (!issue.keys().issuer().isEmpty()) {
            tree.put("issuerKeyHash", issue.keys().issuer());
        }
        tree.put("publicKeyHash", issue.keys().own());
        tree.put("notBefore", time(issue.from())).put("notAfter", time(issue.until()));
    }

    private static void use(ObjectNode tree, Use use) {
        use.span().ifPresent(span -> span(tree, span));
        tree.put("addressCount", use.addressCount());
        if (!use.addresses().isEmpty()) {
            var addresses = tree.putArray("addresses");
            use.addresses().forEach(one -> span(addresses.addObject().put("address", one.address()), one.span()));
        }
        if (use.isShared()) {
            tree.put("shared", true);
        }
        use.together().ifPresent(at -> tree.put("sharedAtOnce", time(at)));
    }

    private static void span(ObjectNode into, Use.Span span) {
        into.put("firstUsed", time(span.first())).put("lastUsed", time(span.last()));
    }

    private String state(ClientCertificate certificate) {
        if (certificate.revocation().isPresent()) {
            return "Revoked";
        }
        if (clock.instant().isAfter(certificate.issue().until())) {
            return "Expired";
        }
        return certificate.use().isShared() ? "Shared" : "Good";
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
