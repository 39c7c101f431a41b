package dev.sluice.security.oidc;

import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.account.UserAccess;
import dev.sluice.account.UserAccount;
import dev.sluice.account.Users;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * From a verified token to a user: one that exists here, with what they hold here and the roles of the token, or one that
 * the provider alone knows, with those roles. A role that does not exist here gives nothing.
 */
public final class OidcUsers {

    private final Users users;
    private final Roles roles;
    private final OidcSettings settings;

    public OidcUsers(Users users, Roles roles, OidcSettings settings) {
        this.users = users;
        this.roles = roles;
        this.settings = settings;
    }

    /** The user; none when the token names nobody, or somebody who has no right here at all. */
    public Optional<UserAccount> find(Jwt token) {
        if (!(token.getClaims().get(settings.userClaim()) instanceof String name) || name.isEmpty()) {
            return Optional.empty();
        }
        UserAccess brought = roles.accessThrough(rolesOf(token));
        Optional<UserAccount> local = users.find(name);
        if (local.isPresent()) {
            return isRevoked(token, name) ? Optional.empty() : Optional.of(with(local.get(), brought));
        }
        return brought.roles().isEmpty()
                ? Optional.empty()
                : Optional.of(new UserAccount(name, false, Map.of(), brought));
    }

    private boolean isRevoked(Jwt token, String name) {
        Instant issued = token.getIssuedAt();
        return (issued == null ? 0 : issued.getEpochSecond()) < users.tokensValidFromSeconds(name);
    }

    private static UserAccount with(UserAccount user, UserAccess brought) {
        if (brought.roles().isEmpty()) {
            return user;
        }
        Set<String> all = new HashSet<>(user.access().roles());
        all.addAll(brought.roles());
        Permissions effective = user.access().effective().plus(brought.effective());
        return user.withAccess(new UserAccess(all, user.access().own(), effective));
    }

    private Collection<String> rolesOf(Jwt token) {
        if (settings.rolesClaim().isEmpty()) {
            return List.of();
        }
        Object value = token.getClaims().get(settings.rolesClaim());
        if (value == null) {
            value = member(token.getClaims(), settings.rolesClaim());
        }
        if (value instanceof Collection<?> names) {
            return names.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text && !text.isBlank()
                ? List.of(text.strip().split("[ ,]+"))
                : List.of();
    }

    private static @Nullable Object member(Map<?, ?> claims, String path) {
        Object value = claims;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }
}
