package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.PolicyComparison;
import org.junit.jupiter.api.Test;

class IndexAgreesWithNaiveTest {

    @Test
    void generatedHistoriesAreDecidedAlikeGroundsIncluded() {
        PolicyComparison.run(1, 120, 25, 40);
    }

    @Test
    void longHistoriesToo() {
        PolicyComparison.run(10_000, 2, 600, 20);
    }
}
