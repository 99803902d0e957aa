package dev.muster.apiserver.audit;

import dev.muster.apiserver.request.RequestInfo;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Exchange;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * What all events of a request say. Holds what was sent; it is cleaned when it is written.
 *
 * @param user null = nobody was authenticated
 * @param forwarded the first X-Forwarded-For header, or empty
 * @param realIp the first X-Real-Ip header, or empty
 */
record Facts(
        String auditId,
        String path,
        String query,
        RequestInfo info,
        User user,
        String forwarded,
        String realIp,
        InetAddress peer,
        String agent,
        Instant received) {

    private static final int LONGEST_AGENT = 1024;
    private static final String CUT = "...TRUNCATED";

    static Facts of(Exchange wire, String auditId, RequestInfo info, User user, Instant received) {
        var headers = wire.headers();
        return new Facts(
                auditId,
                wire.path(),
                wire.rawQuery(),
                info,
                user,
                headers.first("x-forwarded-for").orElse(""),
                headers.first("x-real-ip").orElse(""),
                wire.remote().getAddress(),
                headers.first("user-agent").orElse(""),
                received);
    }

    String uri() {
        return Masks.uri(path, query);
    }

    String userAgent() {
        return Masks.text(agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) + CUT : agent);
    }

    List<String> sources() {
        return SourceAddresses.of(forwarded, realIp, peer);
    }

    long weight() {
        return 512L + path.length() + query.length() + forwarded.length() + agent.length();
    }
}
