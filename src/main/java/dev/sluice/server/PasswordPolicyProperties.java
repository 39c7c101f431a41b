package dev.sluice.server;

import dev.sluice.account.PasswordPolicy;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code password-policy}, which InfluxDB does not have: what new passwords must be like. Nothing is asked unless it
 * is set.
 *
 * @param minLength How many characters a new password has at least; 0 for any number.
 * @param minClasses How many kinds of characters it has at least, of lower case, upper case, digits and others; 0 for any.
 * @param userNameRefused Whether it must not contain the name of the user.
 * @param refused Passwords that are refused, in whatever case.
 */
public record PasswordPolicyProperties(
        @DefaultValue("0") int minLength,
        @DefaultValue("0") int minClasses,
        @DefaultValue("false") boolean userNameRefused,
        @DefaultValue List<String> refused) {

    /** Bcrypt takes 72 bytes. */
    private static final int MOST = 72;

    public PasswordPolicyProperties {
        InfluxProperties.check(
                minLength >= 0 && minLength <= MOST,
                "password-policy.min-length",
                minLength,
                "a whole number from 0 to " + MOST);
        InfluxProperties.check(
                minClasses >= 0 && minClasses <= PasswordPolicy.CLASSES,
                "password-policy.min-classes",
                minClasses,
                "a whole number from 0 to " + PasswordPolicy.CLASSES);
    }

    PasswordPolicy toPolicy() {
        return PasswordPolicy.of(minLength, minClasses, userNameRefused, refused);
    }
}
