package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTests {

    @Test
    void sameWhenTextsAreEqualOrNumbersNearlyAre() {
        assertThat(Answers.same("{\"a\":[[1,2.5]]}", "{\"a\":[[1,2.5]]}")).isTrue();
        assertThat(Answers.same("{\"a\":[[1,2.5]]}", "{\"a\":[[1,2.5000000000000004]]}"))
                .isTrue();
    }

    @Test
    void sameWhenRowsStandInAnotherOrder() {
        assertThat(Answers.same("{\"v\":[[1,\"a\"],[1,\"b\"]]}", "{\"v\":[[1,\"b\"],[1,\"a\"]]}"))
                .isTrue();
    }

    @Test
    void differentWhenAValueIs() {
        assertThat(Answers.same("{\"a\":[[1,2.5]]}", "{\"a\":[[1,2.6]]}")).isFalse();
        assertThat(Answers.same("{\"a\":[[1,2.5]]}", "{\"a\":[[1,2.5],[2,1]]}")).isFalse();
        assertThat(Answers.same("{\"a\":\"x\"}", "{\"a\":\"y\"}")).isFalse();
    }

    @Test
    void sameWhenOneIsMarkedPartialThenItIs() {
        assertThat(Answers.same("{\"values\":[[1,2],[1,3]],\"partial\":true}]}", "{\"values\":[[1,3],[1,2]]}]}"))
                .isTrue();
    }
}
