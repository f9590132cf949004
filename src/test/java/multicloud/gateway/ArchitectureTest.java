package multicloud.gateway;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Dependencies point one way; what belongs to one edge stays there. */
class ArchitectureTest {
    private static final String ROOT = "multicloud.gateway";

    /** From the innermost outwards: a package may see those before its own entry; those in one entry keep apart. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("http"),
            Set.of("jose"),
            Set.of("config", "http1"),
            Set.of("transport"),
            Set.of("aws"),
            Set.of("route", "mapping", "telemetry"),
            Set.of("auth"),
            Set.of("upstream"),
            Set.of("policy", "integration"),
            Set.of(""),
            Set.of("source"),
            Set.of("lambda", "local"),
            Set.of("cli"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> known = LAYERS.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            found.add(relative(type.getPackageName()));
        }
        assertThat(known).containsAll(found);
    }

    @Test
    void dependenciesPointOneWay() {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            for (String name : LAYERS.get(layer)) {
                String[] forbidden = forbiddenFor(layer, name);
                if (forbidden.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(absolute(name))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }
            }
        }
    }

    @Test
    void lambdaTypesStayInTheLambdaEdge() {
        onlyIn(Set.of("lambda", "cli"), "com.amazonaws..");
        onlyIn(Set.of("lambda"), "org.crac..");
    }

    @Test
    void theHttpLibraryStaysAtBothEndsOfTheWire() {
        onlyIn(Set.of("http1", "transport", "local"), "org.apache.hc..");
    }

    @Test
    void theCommandLineLibraryStaysInTheCommandLine() {
        onlyIn(Set.of("cli"), "picocli..");
    }

    @Test
    void theSdkStaysWhereAwsIsCalled() {
        onlyIn(Set.of("aws", "source"), "software.amazon.awssdk..");
    }

    @Test
    void theTokenLibraryStaysWithTheAuthorizers() {
        onlyIn(Set.of("auth"), "com.nimbusds..");
    }

    @Test
    void databindIsNowhere() {
        onlyIn(Set.of(), "com.fasterxml.jackson.databind..");
    }

    /** None that backtracks, to begin with, so none at all: what a client sends is read by hand. */
    @Test
    void noRegularExpressionReadsWhatAClientSends() {
        String[] onTheWay = Stream.of(
                        "http",
                        "jose",
                        "http1",
                        "transport",
                        "route",
                        "mapping",
                        "telemetry",
                        "auth",
                        "upstream",
                        "policy",
                        "integration",
                        "",
                        "lambda",
                        "local")
                .map(ArchitectureTest::absolute)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(onTheWay)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .callMethodWhere(
                        target(owner(type(String.class))).and(target(nameMatching("matches|replaceAll|replaceFirst"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheEdgesReadTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackages(absolute("lambda"), absolute("local"), absolute("cli"))
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
        Set<JavaPackage> packages = new java.util.HashSet<>();
        for (JavaClass type : CLASSES) {
            packages.add(type.getPackage());
        }
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.tryGetAnnotationOfType(NullMarked.class.getName()))
                        .as(found.getName())
                        .isPresent());
    }

    private static void onlyIn(Set<String> packages, String library) {
        String[] allowed = packages.stream().map(ArchitectureTest::absolute).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static String[] forbiddenFor(int layer, String own) {
        Set<String> allowed = new TreeSet<>();
        for (int i = 0; i < layer; i++) {
            allowed.addAll(LAYERS.get(i));
        }
        allowed.add(own);
        return LAYERS.stream()
                .flatMap(Set::stream)
                .filter(name -> !allowed.contains(name))
                .map(ArchitectureTest::absolute)
                .toArray(String[]::new);
    }

    private static String absolute(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    private static String relative(String name) {
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", 2)[0];
    }
}
