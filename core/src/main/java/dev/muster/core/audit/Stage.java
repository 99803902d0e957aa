package dev.muster.core.audit;

import java.util.Arrays;
import java.util.Optional;

/** When in the life of a request an event is made. */
public enum Stage {
    /** Before anything is done for it. */
    REQUEST_RECEIVED("RequestReceived"),
    /** The head of the answer goes out; of long-running requests only. */
    RESPONSE_STARTED("ResponseStarted"),
    /** Nothing more will be sent. */
    RESPONSE_COMPLETE("ResponseComplete"),
    /** A fault of the server ended it. */
    PANIC("Panic");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** As policies and events spell it. */
    public String word() {
        return word;
    }

    public static Optional<Stage> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }
}
