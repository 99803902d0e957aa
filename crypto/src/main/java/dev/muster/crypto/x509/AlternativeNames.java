package dev.muster.crypto.x509;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The subject alternative names (RFC 5280 section 4.2.1.6) that somebody asks for. Names of other forms are passed over, as Go
 * does.
 *
 * @param ips addresses in text
 */
public record AlternativeNames(List<String> dns, List<String> emails, List<String> ips, List<String> uris) {

    public static final AlternativeNames NONE = new AlternativeNames(List.of(), List.of(), List.of(), List.of());

    private static final int MOST = 4096;

    public AlternativeNames {
        dns = List.copyOf(dns);
        emails = List.copyOf(emails);
        ips = List.copyOf(ips);
        uris = List.copyOf(uris);
    }

    public boolean isEmpty() {
        return dns.isEmpty() && emails.isEmpty() && ips.isEmpty() && uris.isEmpty();
    }

    /** Reads the value of the extension. */
    static AlternativeNames read(Der value) throws MalformedDer {
        var each = value.next(Der.SEQUENCE).inside();
        value.done();
        var dns = new ArrayList<String>();
        var emails = new ArrayList<String>();
        var ips = new ArrayList<String>();
        var uris = new ArrayList<String>();
        for (int count = 0; each.more(); count++) {
            Der.need(count < MOST, "too many alternative names");
            var name = each.next();
            switch (name.tag()) {
                case NameConstraints.EMAIL -> emails.add(ascii(name));
                case NameConstraints.DNS -> dns.add(ascii(name));
                case NameConstraints.URI -> uris.add(uri(name));
                case NameConstraints.IP -> ips.add(address(name));
                default -> {
                    // directory names and others mean nothing to who asks here
                }
            }
        }
        return new AlternativeNames(dns, emails, ips, uris);
    }

    private static String ascii(Der.Element name) throws MalformedDer {
        for (byte b : name.value()) {
            Der.need(b >= 0, "an alternative name that is not ASCII");
        }
        return new String(name.value(), StandardCharsets.US_ASCII);
    }

    private static String uri(Der.Element name) throws MalformedDer {
        String text = ascii(name);
        try {
            new URI(text);
            return text;
        } catch (URISyntaxException e) {
            throw new MalformedDer("an alternative name that is no URI");
        }
    }

    private static String address(Der.Element name) throws MalformedDer {
        try {
            Der.need(name.length() == 4 || name.length() == 16, "cannot parse IP address of length " + name.length());
            return InetAddress.getByAddress(name.value()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new MalformedDer("an alternative name that is no address");
        }
    }
}
