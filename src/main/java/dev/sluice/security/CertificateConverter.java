package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * The name in the client's certificate, where the request says nothing else of who sends it: whoever brings credentials means
 * to be known by them, also when they are wrong. That somebody who is trusted has signed the certificate, the TLS handshake
 * has made sure.
 */
final class CertificateConverter implements AuthenticationConverter {

    private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

    /** Attributes of names that Java prints as numbers unless it is told. */
    private static final Map<String, String> KEYWORDS = Map.of("1.2.840.113549.1.9.1", "emailAddress");

    private final String attribute;

    /**
     * A converter.
     *
     * @param attribute of the certificate's subject that holds the name, such as CN
     */
    CertificateConverter(String attribute) {
        this.attribute = attribute;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || !QueryString.of(request).first("u").isEmpty()
                || !QueryString.of(request).first("p").isEmpty()
                || !(request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain)
                || chain.length == 0) {
            return null;
        }
        String name = name(chain[0].getSubjectX500Principal());
        return name == null ? null : new PreAuthenticatedAuthenticationToken(name, chain[0].getSerialNumber());
    }

    /** The one value of the attribute; with several it is open which is meant. */
    private @Nullable String name(X500Principal subject) {
        List<Object> values = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253, KEYWORDS)).getRdns()) {
                Attribute found = part.toAttributes().get(attribute);
                if (found != null) {
                    for (Enumeration<?> all = found.getAll(); all.hasMoreElements(); ) {
                        values.add(all.nextElement());
                    }
                }
            }
        } catch (InvalidNameException unreadable) {
            return null;
        } catch (NamingException impossible) {
            throw new IllegalStateException("the values are in memory", impossible);
        }
        return values.size() == 1 && values.get(0) instanceof String name && !name.isEmpty() ? name : null;
    }
}
