import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;

/**
 * A relying party that knows an issuer's URL and nothing else: reads its document and keys, and judges a token for an audience.
 * Arguments: issuer, audience, token.
 */
class VerifyToken {
    public static void main(String[] arguments) throws Exception {
        var issuer = new Issuer(arguments[0]);
        var provider = OIDCProviderMetadata.resolve(issuer);
        var token = SignedJWT.parse(arguments[2]);
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (!provider.getIDTokenJWSAlgs().contains(algorithm)) {
            throw new IllegalStateException(algorithm + " is not announced: " + provider.getIDTokenJWSAlgs());
        }
        var validator = new IDTokenValidator(
                provider.getIssuer(),
                new ClientID(arguments[1]),
                algorithm,
                provider.getJWKSetURI().toURL(),
                new DefaultResourceRetriever(2000, 2000));
        var claims = validator.validate(token, null);
        System.out.println("verified " + algorithm + " " + claims.getSubject());
    }
}
