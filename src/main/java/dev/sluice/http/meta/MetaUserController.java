package dev.sluice.http.meta;

import dev.sluice.account.AccountException;
import dev.sluice.account.UserAccount;
import dev.sluice.account.Users;
import dev.sluice.http.MetaRoute;
import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.access.AccessAdministration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** {@code /user}: users with their hashes and permissions. */
@Controller
@MetaRoute
@RouteAccess(Access.ADMIN)
class MetaUserController {

    private static final String BCRYPT = "{bcrypt}";

    private final Users users;
    private final AccessAdministration administration;
    private final MetaAnswers answers;

    MetaUserController(Users users, AccessAdministration administration, MetaAnswers answers) {
        this.answers = answers;
        this.users = users;
        this.administration = administration;
    }

    @GetMapping("/user")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.list(request, response, "users", users::all, this::load, this::toMap);
    }

    private UserAccount load(String name) {
        return users.find(name).orElseThrow(() -> new AccountException("user not found"));
    }

    private Map<String, Object> toMap(UserAccount user) {
        Map<String, Object> json = new LinkedHashMap<>();
        users.passwordHash(user.name())
                .ifPresent(hash -> json.put("hash", hash.startsWith(BCRYPT) ? hash.substring(BCRYPT.length()) : hash));
        json.put("name", user.name());
        MetaJson.putPermissions(json, administration.permissionsOf(user));
        return json;
    }

    @PostMapping("/user")
    void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.change(request, response, "user", body -> {
            JsonNode change = MetaJson.readObject(body, body.length, "action", "user");
            JsonNode user = MetaJson.object(change.get("user"), "\"user\"", "name", "password", "hash", "permissions");
            change(MetaJson.text(change, "action"), MetaJson.text(user, "name"), user);
            return MetaJson.describe(change, user, "password", "hash");
        });
    }

    private void change(String action, String name, JsonNode user) {
        switch (action) {
            case "create" -> create(name, user);
            case "delete" -> users.drop(name);
            case "change-password" -> {
                load(name);
                users.setPassword(name, password(user));
            }
            // Not in Enterprise: whoever holds a token of the user has to get another.
            case "revoke-tokens" -> users.revokeTokens(name, Instant.now().getEpochSecond() + 1);
            case "add-permissions" -> administration.addToUser(name, MetaJson.permissions(user));
            case "remove-permissions" -> administration.removeFromUser(name, MetaJson.permissions(user));
            default -> throw new AccountException("invalid action \"" + action + "\"");
        }
    }

    /** Unlike CREATE USER, this is refused when the user is there, also with the same password. */
    private void create(String name, JsonNode user) {
        if (users.find(name).isPresent()) {
            throw new AccountException("user already exists");
        }
        String hash = MetaJson.text(user, "hash");
        if (hash.isEmpty()) {
            users.create(name, password(user), false);
        } else {
            users.createWithHash(name, hash);
        }
        if (user.get("permissions") != null) {
            administration.addToUser(name, MetaJson.permissions(user));
        }
    }

    private static String password(JsonNode user) {
        if (user.get("password") == null) {
            throw new AccountException("\"password\" is required");
        }
        return MetaJson.text(user, "password");
    }
}
