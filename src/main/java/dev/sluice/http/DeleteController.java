package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RequestOrigin;
import dev.sluice.security.RouteAccess;
import dev.sluice.security.SecurityObserver;
import dev.sluice.statement.OutcomeSink;
import dev.sluice.statement.StatementAuthorizer;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementRequest;
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

    private final StatementExecutor executor;
    private final StatementAuthorizer authorizer;
    private final WriteTargets targets;
    private final SecurityObserver denials;

    DeleteController(
            StatementExecutor executor,
            StatementAuthorizer authorizer,
            WriteTargets targets,
            SecurityObserver denials) {
        this.executor = executor;
        this.authorizer = authorizer;
        this.targets = targets;
        this.denials = denials;
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
        if (statement.isPresent()) {
            execute(statement.get(), bucket, request, caller);
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
        if (authorizer.authorize(caller, ANY, database).isAllowed()) {
            return;
        }
        Optional<UserAccount> user = caller.user();
        String refusal = user.isEmpty()
                ? "delete - user is required to delete from database \"" + database + "\""
                : "delete - \"" + user.get().name() + "\" is not authorized to delete from \"" + database + "\": "
                        + user.get().name() + " not authorized to write to " + database;
        denials.accessDenied(caller, RequestOrigin.of(request), refusal);
        throw new RequestException(HttpServletResponse.SC_FORBIDDEN, refusal);
    }

    private void execute(DeleteStatement statement, BucketName bucket, HttpServletRequest request, Caller caller)
            throws IOException {
        OutcomeSink outcome = new OutcomeSink();
        executor.execute(
                new StatementRequest(
                        List.of(statement),
                        bucket.database(),
                        bucket.retentionPolicy(),
                        caller,
                        false,
                        RequestOrigin.of(request)),
                outcome,
                ClientPresence.of(request)::isGone);
        Optional<String> error = outcome.firstError();
        if (error.isPresent()) {
            throw new RequestException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "delete - " + error.get());
        }
    }

    private static RequestException notFound(String text) {
        return new RequestException(HttpServletResponse.SC_NOT_FOUND, "delete - " + text);
    }
}
