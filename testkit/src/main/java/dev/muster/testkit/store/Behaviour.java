package dev.muster.testkit.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a backend may declare that it lacks. The cases that need it are then run all the same, and must fail. */
public enum Behaviour {
    LISTING_THE_PAST,
    VALUE_BEFORE_A_CHANGE,
    WATCHING_FROM_THE_PAST;

    /** Marks a case of the suite that a backend without the behaviour cannot pass. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Needed {
        Behaviour value();
    }
}
