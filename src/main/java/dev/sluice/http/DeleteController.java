package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.StatementAuthorizer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /api/v2/delete}: a DELETE in InfluxDB 2's words, which runs as the statement it means. As the statement does, it
 * acts on every retention policy of the database; the one that the bucket names only has to exist.
 */
@Controller
@RouteAccess(Access.USER)
class DeleteController {

    private static final int MAX_BODY = 64 << 10;

    /** What a delete needs is the same whatever it deletes. */
    private static final List<Statement> ANY = List.of(new DeleteStatement(List.of(), null));

    private final BucketStatements statements;
    private final StatementAuthorizer authorizer;
    private final WriteTargets targets;
    private final Refusals refusals;

    DeleteController(
            BucketStatements statements, StatementAuthorizer authorizer, WriteTargets targets, Refusals refusals) {
        this.statements = statements;
        this.authorizer = authorizer;
        this.targets = targets;
        this.refusals = refusals;
    }

    @RequestMapping(path = "/api/v2/delete", method = RequestMethod.POST)
    void delete(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        BucketName bucket = bucket(QueryString.of(request).first("bucket"));
        String database = bucket.database();
        if (!targets.databaseExists(database)) {
            throw notFound("database not found: \"" + database + "\"");
        }
        if (!targets.retentionPolicyExists(database, bucket.retentionPolicy())) {
            throw notFound("retention policy not found in \"" + database + "\": \"" + bucket.retentionPolicy() + "\"");
        }
        authorize(caller, database, request);
        Optional<DeleteStatement> statement;
        try {
            statement = DeleteBody.read(RequestBody.readPlain(request, MAX_BODY), bucket);
        } catch (DeleteBody.MalformedException malformed) {
            throw new RequestException(HttpServletResponse.SC_BAD_REQUEST, "delete - " + malformed.getMessage());
        }
        Optional<String> error =
                statement.isPresent() ? statements.run(statement.get(), bucket, request, caller) : Optional.empty();
        if (error.isPresent()) {
            throw new RequestException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "delete - " + error.get());
        }
        response.setContentType("application/json");
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private static BucketName bucket(String name) {
        try {
            return BucketName.parse(name);
        } catch (BucketName.MalformedException malformed) {
            throw notFound("bucket: " + malformed.getMessage());
        }
    }

    private void authorize(Caller caller, String database, HttpServletRequest request) {
        if (!authorizer.authorize(caller, ANY, database).isAllowed()) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "delete - user is required to delete from database \"" + database + "\"",
                    user -> "delete - \"" + user + "\" is not authorized to delete from \"" + database + "\": " + user
                            + " not authorized to write to " + database);
        }
    }

    private static RequestException notFound(String text) {
        return new RequestException(HttpServletResponse.SC_NOT_FOUND, "delete - " + text);
    }
}
