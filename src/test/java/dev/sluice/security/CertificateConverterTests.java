package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.TestCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;

class CertificateConverterTests {

    @TempDir
    private Path folder;

    private String nameOf(String attribute, String subject) throws Exception {
        Authentication found = new CertificateConverter(attribute).convert(request(subject));
        return found == null ? "nobody" : found.getName();
    }

    private MockHttpServletRequest request(@Nullable String subject) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/query");
        if (subject != null) {
            String pem = TestCertificate.generate(folder, "EC", subject, "eku=clientAuth")
                    .certificatePem();
            request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[] {
                (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
            });
        }
        return request;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CN; CN=joe, OU=plant, O=example; joe",
                "cn; CN=joe; joe",
                "CN; CN=Doe\\, John; Doe, John",
                "CN; OU=\"CN=admin\", CN=joe; joe",
                "CN; O=\"x, CN=admin\", CN=joe; joe",
                "UID; UID=joe, CN=Joe Doe; joe",
                "emailAddress; EMAILADDRESS=joe@plant.example, CN=Joe; joe@plant.example",
                "CN; CN=joe, CN=admin; nobody",
                "CN; CN=joe+CN=admin; nobody",
                "CN; O=joe; nobody",
                "OU; CN=joe; nobody"
            })
    void convertWhenTheSubjectHasTheAttributeOnceThenThatIsTheName(String attribute, String subject, String name)
            throws Exception {
        assertThat(nameOf(attribute, subject)).isEqualTo(name);
    }

    @Test
    void convertWhenTheRequestSaysElseWhoSendsItThenTheCertificateIsNotLookedAt() throws Exception {
        CertificateConverter converter = new CertificateConverter("CN");
        MockHttpServletRequest header = request("CN=joe");
        header.addHeader("Authorization", "");
        MockHttpServletRequest user = request("CN=joe");
        user.setQueryString("u=x");
        MockHttpServletRequest password = request("CN=joe");
        password.setQueryString("p=x");

        assertThat(converter.convert(header)).isNull();
        assertThat(converter.convert(user)).isNull();
        assertThat(converter.convert(password)).isNull();
        assertThat(converter.convert(request(null))).isNull();
    }
}
