package dev.sluice.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where users and the catalogue are kept: in the database that {@code spring.datasource.url} names, otherwise in an
 * embedded H2 file below {@code influxdb.meta.dir}.
 *
 * @param jdbcUrl the database
 * @param username its user
 * @param password that user's password
 */
record MetadataConnection(
        String jdbcUrl, @Nullable String username, @Nullable String password) implements JdbcConnectionDetails {

    private static final String H2 = "jdbc:h2:";

    // WRITE_DELAY=0: H2 writes each commit before it answers instead of up to half a second later.
    // DB_CLOSE_ON_EXIT=FALSE: on SIGTERM the service closes the database itself, once the last request is answered.
    private static final String H2_OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    static MetadataConnection of(DataSourceProperties configured, Path metaDirectory) {
        String url = configured.getUrl();
        if (url == null || url.isBlank()) {
            return embedded(metaDirectory);
        }
        return new MetadataConnection(url, configured.getUsername(), configured.getPassword());
    }

    /** The embedded database can only be reached from inside this process, so its user needs no password. */
    private static MetadataConnection embedded(Path directory) {
        // H2 refuses relative paths that do not start with "./".
        Path absolute = directory.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0) {
            throw new InvalidSettingException(
                    "influxdb.meta.dir", directory, "the path of a directory, without semicolons");
        }
        try {
            Files.createDirectories(absolute, ownerOnly());
        } catch (IOException refused) {
            throw new InvalidSettingException(
                    "influxdb.meta.dir",
                    directory,
                    "the path of a directory that exists or can be made (" + refused + ")");
        }
        return new MetadataConnection(H2 + "file:" + absolute.resolve("sluice") + H2_OPTIONS, "sa", "");
    }

    /** The files hold hashes of passwords, which are nobody else's business on this machine. */
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    boolean isH2() {
        return jdbcUrl.startsWith(H2);
    }

    boolean isPostgres() {
        return jdbcUrl.startsWith("jdbc:postgresql:");
    }

    /** The database in messages. */
    String urlWithoutParameters() {
        return withoutParameters(jdbcUrl);
    }

    /** A database's URL may carry a password behind the question mark or the first semicolon, or before the host. */
    static String withoutParameters(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String getJdbcUrl() {
        return jdbcUrl;
    }

    @Override
    public @Nullable String getUsername() {
        return username;
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "MetadataConnection[jdbcUrl=" + jdbcUrl + ", username=" + username + "]";
    }
}
