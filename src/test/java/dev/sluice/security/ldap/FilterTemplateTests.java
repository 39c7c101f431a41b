package dev.sluice.security.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTemplateTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe",
                "*",
                "joe)(uid=*",
                "*)(|(uid=*",
                "\\2a",
                "\\",
                "a\0b",
                "%s",
                "%u",
                "$1",
                "zoë",
                " joe ",
                "#joe"
            })
    void fillWhenValueHasAnyCharactersThenItIsComparedAsAWhole(String value) {
        assertThat(new FilterTemplate("(&(objectClass=person)(uid=%s))")
                        .fill(value, "x")
                        .getComponents()[1]
                        .getAssertionValue())
                .isEqualTo(value);
    }

    @Test
    void fillWhenBothPlacesAreThereThenEachHasItsValue() {
        assertThat(new FilterTemplate("(|(member=%s)(memberUid=%u))").fill("uid=%u,dc=x", "joe"))
                .hasToString("(|(member=uid=%u,dc=x)(memberUid=joe))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uid", "(uid=joe)", "(uid=%s", "(&(uid=%s)", "(uid=%d)"})
    void templateWhenItIsNoFilterOrHasNoPlaceThenIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FilterTemplate(text));
    }

    @Test
    void comparedAttributesWhenThereAreSomeThenInTheirOrder() {
        assertThat(new FilterTemplate("(uid=%s)").comparedAttributes()).containsExactly("uid");
        assertThat(new FilterTemplate("(&(objectClass=person)(|(uid=%s)(mail=%s@x))(!(cn=%s)))").comparedAttributes())
                .containsExactly("uid", "mail");
        assertThat(new FilterTemplate("(uid=*%s*)").comparedAttributes()).isEmpty();
    }
}
