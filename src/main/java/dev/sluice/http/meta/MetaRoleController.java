package dev.sluice.http.meta;

import dev.sluice.account.AccountException;
import dev.sluice.account.Role;
import dev.sluice.account.Roles;
import dev.sluice.http.MetaRoute;
import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.access.AccessAdministration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** {@code /role}: roles with their members and permissions. */
@Controller
@MetaRoute
@RouteAccess(Access.ADMIN)
class MetaRoleController {

    private final Roles roles;
    private final AccessAdministration administration;
    private final MetaAnswers answers;

    MetaRoleController(Roles roles, AccessAdministration administration, MetaAnswers answers) {
        this.answers = answers;
        this.roles = roles;
        this.administration = administration;
    }

    @GetMapping("/role")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.list(request, response, "roles", roles::roles, this::load, MetaRoleController::toMap);
    }

    private Role load(String name) {
        return roles.findRole(name).orElseThrow(() -> new AccountException("role not found"));
    }

    private static Map<String, Object> toMap(Role role) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", role.name());
        MetaJson.putPermissions(json, role.permissions());
        if (!role.users().isEmpty()) {
            json.put("users", role.users());
        }
        return json;
    }

    @PostMapping("/role")
    void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.change(request, response, "role", body -> {
            JsonNode change = MetaJson.readObject(body, body.length, "action", "role");
            JsonNode role = MetaJson.object(change.get("role"), "\"role\"", "name", "users", "permissions");
            change(MetaJson.text(change, "action"), MetaJson.text(role, "name"), role);
            return MetaJson.describe(change, role);
        });
    }

    private void change(String action, String name, JsonNode role) {
        switch (action) {
            case "create" -> roles.createRole(name);
            case "delete" -> roles.dropRole(name);
            case "add-users" -> roles.addMembers(name, MetaJson.texts(role, "users"));
            case "remove-users" -> roles.removeMembers(name, MetaJson.texts(role, "users"));
            case "add-permissions" -> administration.addToRole(name, MetaJson.permissions(role));
            case "remove-permissions" -> administration.removeFromRole(name, MetaJson.permissions(role));
            default -> throw new AccountException("invalid action \"" + action + "\"");
        }
    }
}
