package dev.sluice.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

class RememberedAnswersTests {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final RememberedAnswers answers = new RememberedAnswers(now::get);
    private HttpStatus status = HttpStatus.OK;

    private String ask(String path) throws IOException {
        ClientHttpRequestExecution provider = (request, body) -> new MockClientHttpResponse(
                ("answer " + asked.incrementAndGet()).getBytes(StandardCharsets.UTF_8), status);
        MockClientHttpRequest request =
                new MockClientHttpRequest(HttpMethod.GET, URI.create("https://login.example.org/" + path));
        try (ClientHttpResponse response = answers.intercept(request, new byte[0], provider)) {
            return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void interceptWhenAskedAgainSoonThenRepeatsTheAnswer() throws IOException {
        assertThat(ask("keys")).isEqualTo("answer 1");
        now.set(RememberedAnswers.AGE.toNanos() - 1);
        assertThat(ask("keys")).isEqualTo("answer 1");
        assertThat(ask("other")).isEqualTo("answer 2");

        now.set(RememberedAnswers.AGE.toNanos());
        assertThat(ask("keys")).isEqualTo("answer 3");
    }

    @Test
    void interceptWhenAnswerWasAnErrorThenAsksAgain() throws IOException {
        status = HttpStatus.BAD_GATEWAY;
        assertThat(ask("keys")).isEqualTo("answer 1");
        assertThat(ask("keys")).isEqualTo("answer 2");
    }
}
