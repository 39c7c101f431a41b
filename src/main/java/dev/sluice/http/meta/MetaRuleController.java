package dev.sluice.http.meta;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.AccessRules;
import dev.sluice.http.MetaRoute;
import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code /influxdb/v2/acl}: restrictions and grants. There is no way to change one: it is removed and made anew. */
@Controller
@MetaRoute
@RouteAccess(Access.ADMIN)
class MetaRuleController {

    private static final String PATH = "/influxdb/v2/acl/{kind:restrictions|grants}";

    private final AccessRules rules;
    private final MetaAnswers answers;

    MetaRuleController(AccessRules rules, MetaAnswers answers) {
        this.answers = answers;
        this.rules = rules;
    }

    private static Kind kind(String path) {
        return path.equals("grants") ? Kind.GRANT : Kind.RESTRICTION;
    }

    @GetMapping(PATH)
    void list(@PathVariable("kind") String kind, HttpServletResponse response) throws IOException {
        answers.answer(
                response,
                () -> MetaAnswers.write(
                        response,
                        Map.of(
                                kind,
                                rules.rules(kind(kind)).stream()
                                        .map(RuleJson::toMap)
                                        .toList())));
    }

    @PostMapping(PATH)
    void add(@PathVariable("kind") String kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answers.change(request, response, "add " + kind, body -> {
            AccessRule added = rules.addRule(RuleJson.read(kind(kind), body, body.length));
            MetaAnswers.write(response, RuleJson.toMap(added));
            return MetaJson.describe(RuleJson.toMap(added));
        });
    }

    @DeleteMapping(PATH + "/{id}")
    void remove(
            @PathVariable("kind") String kind,
            @PathVariable("id") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answers.change(request, response, "remove " + kind, body -> {
            rules.removeRule(kind(kind), id);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return id;
        });
    }
}
