package dev.sluice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Sluice. It stands alone in the root package so that component scanning and the architecture rules both begin
 * here; everything else lives in a package per feature below, and {@code dev.sluice.server} puts the parts together.
 */
@SpringBootApplication
public class SluiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(SluiceApplication.class, args);
    }
}
