package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.influxql.tree.AlterRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropRetentionPolicyStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Privilege;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.StatementAuthorizer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /api/v2/buckets}: retention policies in InfluxDB 2's words (1.10 and newer). Changes run as the statements they
 * mean; who may make them has to be an administrator, or to have the permissions of those statements. Whether a bucket
 * exists is only said to who may ask.
 */
@Controller
@RouteAccess(Access.USER)
class BucketController {

    private static final int MAX_BODY = 64 << 10;
    private static final String BUCKETS = "/api/v2/buckets";
    private static final String BUCKET = BUCKETS + "/{id}";

    private final Catalog catalog;
    private final BucketStatements statements;
    private final StatementAuthorizer authorizer;
    private final Refusals refusals;

    BucketController(Catalog catalog, BucketStatements statements, StatementAuthorizer authorizer, Refusals refusals) {
        this.catalog = catalog;
        this.statements = statements;
        this.authorizer = authorizer;
        this.refusals = refusals;
    }

    @RequestMapping(path = BUCKETS, method = RequestMethod.POST)
    void create(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        BucketBody body = body("buckets", request);
        BucketName name = newName(body);
        boolean databaseExists = catalog.findDatabase(name.database()).isPresent();
        Statement statement = databaseExists
                ? new CreateRetentionPolicyStatement(
                        name.retentionPolicy(), name.database(), body.options(null, 1), false)
                : new CreateDatabaseStatement(name.database(), body.options(name.retentionPolicy(), 1));
        if (!authorizer.isAdministrator(caller, statement, name.database())) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "buckets - user is required to to create bucket \"" + name + "\"",
                    user -> "buckets - \"" + user + "\" is not authorized to create \"" + name
                            + "\": user \"" + user + "\", must be an administrator to create a "
                            + (databaseExists ? "retention policy" : "database"));
        }
        statements.run(statement, name, request, caller).ifPresent(error -> {
            throw bad("buckets - cannot create bucket \"" + name + "\": " + error);
        });
        Bucket created = find(name).orElseThrow(() -> notFound("bucket not found: \"" + name + "\""));
        write(response, HttpServletResponse.SC_CREATED, created.json());
    }

    private static BucketName newName(BucketBody body) {
        BucketName name;
        try {
            name = BucketName.parse(body.name());
        } catch (BucketName.MalformedException malformed) {
            throw bad("buckets - illegal bucket name: " + malformed.getMessage());
        }
        String policy = body.retentionPolicy();
        if (!policy.isEmpty() && !name.retentionPolicy().isEmpty() && !policy.equals(name.retentionPolicy())) {
            throw bad("buckets - two retention policies specified: \"" + name.retentionPolicy() + "\" differs from \""
                    + policy + "\"");
        }
        String chosen = name.retentionPolicy().isEmpty() ? policy : name.retentionPolicy();
        if (chosen.isEmpty()) {
            throw bad("buckets - retention policy \"\": invalid name");
        }
        return new BucketName(name.database(), chosen);
    }

    @RequestMapping(path = BUCKETS, method = RequestMethod.GET)
    void list(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        if (!caller.isAdmin() && caller.user().isEmpty()) {
            throw refusals.forbidden(caller, request, "list buckets - user is required");
        }
        BucketSelection selection = BucketSelection.of(QueryString.of(request));
        List<Bucket> visible = catalog.databases().stream()
                .filter(database -> caller.may(Privilege.READ, database.name()))
                .flatMap(database ->
                        database.retentionPolicies().stream().map(policy -> Bucket.of(database.name(), policy)))
                .toList();
        write(
                response,
                HttpServletResponse.SC_OK,
                selection.choose(visible).stream()
                        .map(Bucket::json)
                        .collect(Collectors.joining(",", "{\"buckets\":[", "]}")));
    }

    @RequestMapping(path = BUCKET, method = RequestMethod.GET)
    void get(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws IOException {
        BucketName name = name(id);
        if (!caller.may(Privilege.READ, name.database())) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "retrieve bucket - user is required to read from database \"" + name.database() + "\"",
                    user -> "retrieve bucket - \"" + user + "\" is not authorized to read \"" + name.database()
                            + "\": user \"" + user + "\", requires READ for database \"" + name.database() + "\"");
        }
        Bucket bucket = find(name).orElseThrow(() -> notFound("bucket not found: \"" + name + "\""));
        write(response, HttpServletResponse.SC_OK, bucket.json());
    }

    @RequestMapping(path = BUCKET, method = RequestMethod.PATCH)
    void update(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws IOException {
        BucketName name = name(id);
        BucketBody body = body("update bucket", request);
        Statement statement = new AlterRetentionPolicyStatement(
                name.retentionPolicy(), name.database(), body.options(null, null), false);
        if (!authorizer.isAdministrator(caller, statement, name.database())) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "update bucket - user is required to modify database \"" + name.database() + "\"",
                    user -> "update bucket - \"" + user + "\" is not authorized to modify \"" + name + "\": user \""
                            + user + "\", must be an administrator to create a database");
        }
        if (!body.name().isEmpty() && !body.name().equals(name.toString())) {
            throw bad("update bucket \"" + name + "\": a bucket cannot be renamed");
        }
        statements.run(statement, name, request, caller).ifPresent(error -> {
            throw bad("update bucket \"" + name + "\": " + error);
        });
        Bucket bucket = find(name).orElseThrow(() -> notFound("bucket not found: \"" + name + "\""));
        write(response, HttpServletResponse.SC_OK, bucket.json());
    }

    @RequestMapping(path = BUCKET, method = RequestMethod.DELETE)
    void delete(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws IOException {
        BucketName name = name(id);
        Statement statement = new DropRetentionPolicyStatement(name.retentionPolicy(), name.database());
        if (!authorizer.isAdministrator(caller, statement, name.database())) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "delete bucket - user is required to delete from database \"" + name.database() + "\"",
                    user -> "buckets - \"" + user + "\" is not authorized to modify \"" + name + "\": user \"" + user
                            + "\", must be an administrator to delete a retention policy");
        }
        if (find(name).isEmpty()) {
            throw notFound("delete bucket - not found: \"" + name + "\"");
        }
        statements.run(statement, name, request, caller).ifPresent(error -> {
            throw new RequestException(
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "delete bucket - \"" + name + "\": " + error);
        });
        response.setContentType("application/json");
        response.setStatus(HttpServletResponse.SC_OK);
    }

    @RequestMapping(
            path = {BUCKET + "/{part:labels|members|owners}"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void unsupported(@PathVariable String part) {
        throw new RequestException(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED, "bucket " + part + " not supported in this version");
    }

    @RequestMapping(
            path = {BUCKET + "/{part:labels|members|owners}/{member}"},
            method = {RequestMethod.DELETE})
    void unsupportedMember(@PathVariable String part) {
        unsupported(part);
    }

    private static BucketBody body(String what, HttpServletRequest request) throws IOException {
        try {
            return BucketBody.read(RequestBody.readPlain(request, MAX_BODY));
        } catch (JsonObjects.MalformedException malformed) {
            throw bad(what + " - cannot parse request body: " + malformed.getMessage());
        }
    }

    private static BucketName name(String id) {
        try {
            BucketName name = BucketName.parse(id);
            if (name.retentionPolicy().isEmpty()) {
                throw bad("bucket \"" + id + "\": illegal bucket id, empty retention policy");
            }
            return name;
        } catch (BucketName.MalformedException malformed) {
            throw bad("bucket \"" + id + "\": illegal bucket id, " + malformed.getMessage());
        }
    }

    private Optional<Bucket> find(BucketName name) {
        Optional<Database> database = catalog.findDatabase(name.database());
        return database.flatMap(found -> found.findRetentionPolicy(name.retentionPolicy()))
                .map(policy -> Bucket.of(name.database(), policy));
    }

    private static RequestException notFound(String text) {
        return new RequestException(HttpServletResponse.SC_NOT_FOUND, text);
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }

    private static void write(HttpServletResponse response, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
