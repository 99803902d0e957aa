package dev.muster.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.muster.core.secret.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls of the house. Each rule speaks of classes that were really seen. */
class ArchitectureTest {

    private static final int AT_LEAST = 250;

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster");

    @Test
    void theRulesHaveSeenTheWholeHouse() {
        assertThat(ALL.size()).isGreaterThan(AT_LEAST);
        for (String module :
                new String[] {"core", "crypto", "api", "http", "store", "authn", "authz", "apiserver", "server"}) {
            assertThat(ALL.stream()
                            .filter(c -> c.getPackageName().startsWith("dev.muster." + module))
                            .count())
                    .as(module)
                    .isGreaterThan(5);
        }
    }

    @Test
    void coreKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("dev.muster.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.muster.core..", "java..", "javax..")
                .check(ALL);
    }

    @Test
    void theApiFrontSeesNoBackendNoAuthenticatorAndNoRbac() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.apiserver..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.store..", "dev.muster.authn..", "dev.muster.authz..")
                .check(ALL);
    }

    @Test
    void onlyTheServerNamesABackend() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.muster.store..", "dev.muster.server..", "dev.muster.testkit..", "dev.muster.bench..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.store..")
                .check(ALL);
    }

    @Test
    void authenticatorsDoNotKnowTheirSiblings() {
        slices().matching("dev.muster.authn.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage("dev.muster.authn.request.."), alwaysTrue())
                // A file that configures issuers, with expressions, knows both.
                .ignoreDependency(
                        resideInAPackage("dev.muster.authn.structured.."),
                        resideInAnyPackage("dev.muster.authn.oidc..", "dev.muster.authn.cel.."))
                .check(ALL);
    }

    @Test
    void controllersDoNotKnowTheirSiblings() {
        slices().matching("dev.muster.apiserver.controllers.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage("dev.muster.apiserver.controllers.loop.."))
                .check(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "io.vertx.., dev.muster.http..",
        "io.netty.., dev.muster.http..",
        "org.bouncycastle.., dev.muster.crypto..",
        "com.amazon.corretto.., dev.muster.crypto..",
        "java.sql.., dev.muster.store.sqlite..",
        "org.sqlite.., dev.muster.store.sqlite..",
        "org.snakeyaml.., dev.muster.api.codec..",
        "dev.cel.., dev.muster.authn.cel..",
        "com.google.common.., dev.muster.authn.cel..",
        "com.google.re2j.., dev.muster.authn.cel.."
    })
    void aHeavyLibraryIsSeenByOneRoom(String library, String room) {
        noClasses()
                .that(not(resideInAnyPackage(room, "dev.muster.testkit..", "dev.muster.bench..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ALL);
    }

    @Test
    void secretsAreRevealedOnlyWhereTheyMustBe() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.muster.core.secret..",
                        "dev.muster.apiserver.serviceaccount..",
                        "dev.muster.apiserver.controllers.accounttokens..",
                        "dev.muster.authn..",
                        "dev.muster.server.bootstraptoken..",
                        "dev.muster.server.client..",
                        "dev.muster.server.kubeconfig..",
                        "dev.muster.server.up..",
                        "dev.muster.server.whois..",
                        "dev.muster.server.pki..",
                        "dev.muster.server.rehearsal..",
                        "dev.muster.testkit..",
                        "dev.muster.bench..")))
                .should()
                .callMethod(Secret.class, "reveal")
                .check(ALL);
    }

    @Test
    void theTimeComesInByTheConstructor() {
        noClasses()
                .that(not(resideInAnyPackage("dev.muster.server..", "dev.muster.testkit..", "dev.muster.bench..")))
                .should()
                .callMethod(Instant.class, "now")
                .check(ALL);
    }

    @Test
    void chanceComesInByTheConstructor() {
        noClasses()
                .that(not(resideInAnyPackage("dev.muster.server..", "dev.muster.testkit..", "dev.muster.bench..")))
                .should()
                .callConstructor(SecureRandom.class)
                .check(ALL);
    }

    @Test
    void virtualThreadsAreMadeInFewPlaces() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.muster.http.server..",
                        "dev.muster.store..",
                        "dev.muster.apiserver.controllers..",
                        "dev.muster.authn.cached..",
                        "dev.muster.authz..",
                        "dev.muster.server..",
                        "dev.muster.testkit..",
                        "dev.muster.bench..")))
                .should()
                .callMethod(Thread.class, "ofVirtual")
                .check(ALL);
    }

    @Test
    void nobodyWritesToStandardOutputButCommands() {
        noClasses()
                .that(not(resideInAnyPackage("dev.muster.server..", "dev.muster.testkit..", "dev.muster.bench..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }
}
