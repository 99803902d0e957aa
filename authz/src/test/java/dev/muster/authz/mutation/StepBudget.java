package dev.muster.authz.mutation;

/** Ends what would run for ever. Counts for the thread that runs a mutant. */
public final class StepBudget {

    private static final long STEPS = 5_000_000;
    private static long left = STEPS;

    private StepBudget() {}

    /** Called by mutated code before every jump. */
    public static void spend() {
        if (--left < 0) {
            throw new IllegalStateException("runs too long");
        }
    }

    static void refill() {
        left = STEPS;
    }
}
