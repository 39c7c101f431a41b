package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The architecture, as a test. {@link #ALLOWED} is the table of features: who may see whom. A package that is not in it
 * fails {@link #everyPackageIsKnown()}, so that a new feature states its place here first. Libraries are held apart by
 * the rules below it. Packages that do not exist yet pass.
 */
class ModularityTests {

    private static final String ROOT = "dev.sluice";

    /** Feature → the other features it may import; {@code *} is everything. Sub-packages count with their feature. */
    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("column", Set.of("model")),
            Map.entry("lineprotocol", Set.of("model")),
            Map.entry("influxql", Set.of("model")),
            Map.entry("storage", Set.of("model", "column")),
            Map.entry("catalog", Set.of("model")),
            Map.entry("query", Set.of("influxql", "column", "storage", "catalog", "model")),
            Map.entry("ingest", Set.of("lineprotocol", "catalog", "storage", "column", "model")),
            Map.entry("account", Set.of("model")),
            Map.entry("monitor", Set.of("model")),
            Map.entry(
                    "statement",
                    Set.of(
                            "influxql",
                            "query",
                            "catalog",
                            "account",
                            "ingest",
                            "retention",
                            "storage",
                            "monitor",
                            "column",
                            "model")),
            Map.entry("retention", Set.of("catalog", "storage", "model")),
            Map.entry("continuous", Set.of("statement", "query", "catalog", "account", "influxql", "model")),
            Map.entry("backup", Set.of("influxql", "catalog", "storage", "column", "model")),
            Map.entry("command", Set.of()),
            Map.entry("subscription", Set.of("ingest", "lineprotocol", "catalog", "model")),
            Map.entry("security", Set.of("account", "model")),
            Map.entry(
                    "http",
                    Set.of(
                            "statement",
                            "ingest",
                            "security",
                            "account",
                            "catalog",
                            "influxql",
                            "query",
                            "column",
                            "monitor",
                            "backup",
                            "model")),
            Map.entry("server", Set.of("*"))));

    /** Features that must run without Spring; {@code Clock} and plain records are all they get from outside. */
    private static final String[] PURE = packages("model", "column", "lineprotocol", "influxql", "storage", "query");

    /** Features where Spring may be seen: whole, or in the sub-packages that hold the adapters. */
    private static final String[] SPRING_ALLOWED = Stream.concat(
                    Stream.of(
                            ROOT, ROOT + "..jpa..", ROOT + ".retention..", ROOT + ".continuous..", ROOT + ".monitor.."),
                    Stream.of(packages("security", "http", "server")))
            .toArray(String[]::new);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyPackageIsKnown() {
        Set<String> features = CLASSES.stream()
                .map(ModularityTests::feature)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());

        assertThat(ALLOWED.keySet()).as("features of ModularityTests.ALLOWED").containsAll(features);
    }

    @Test
    void onlyTheApplicationStandsInTheRootPackage() {
        assertThat(CLASSES.stream().filter(type -> feature(type).isEmpty()).map(JavaClass::getSimpleName))
                .containsOnly("SluiceApplication", "package-info");
    }

    static Stream<String> features() {
        return ALLOWED.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("features")
    void featureSeesOnlyWhatItMay(String feature) {
        Set<String> allowed = ALLOWED.get(feature);
        if (allowed.contains("*")) {
            return;
        }
        List<String> visible = new ArrayList<>(allowed);
        visible.add(feature);

        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "." + feature + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideOutsideOfPackages(packages(visible.toArray(String[]::new))))
                        .as("features other than " + visible))
                .because("dependencies point downwards"));
    }

    @Test
    void nothingSeesHttp() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packages("http", "server"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".http.."));
    }

    @Test
    void nothingSeesServer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".server.."));
    }

    @Test
    void storageDoesNotSeeTheQueryLanguage() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".storage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".influxql..")
                .because("predicates are translated to selectors and time ranges before they reach storage"));
    }

    @Test
    void pureFeaturesDoNotSeeSpring() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..")));
    }

    @Test
    void springIsSeenOnlyAtTheEdges() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(SPRING_ALLOWED)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..")));
    }

    @Test
    void rocksDbIsSeenOnlyInItsPackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".storage.rocksdb..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.rocksdb..")));
    }

    @Test
    void theLdapClientIsSeenOnlyInItsPackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".security.ldap..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.unboundid..")));
    }

    @Test
    void persistenceIsSeenOnlyInJpaPackages() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "..jpa..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate..")));
    }

    @Test
    void jpaPackagesAreInternalToTheirFeature() {
        for (String feature : ALLOWED.keySet()) {
            check(noClasses()
                    .that()
                    .resideOutsideOfPackages(packages(feature, "server"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "." + feature + ".jpa.."));
        }
    }

    @Test
    void servletsAreSeenOnlyInHttpAndSecurity() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packages("http", "security"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.servlet..")));
    }

    @Test
    void fieldsAreNotInjected() {
        check(noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .because("collaborators come through the constructor and stay final"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static String[] packages(String... features) {
        return Stream.of(features).map(feature -> ROOT + "." + feature + "..").toArray(String[]::new);
    }

    /** The first name below the root package, or the empty string for the root package itself. */
    private static String feature(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
