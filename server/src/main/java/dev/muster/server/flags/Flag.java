package dev.muster.server.flags;

/**
 * One flag.
 *
 * @param name without the dashes
 * @param kind how its value is written
 * @param byDefault the value when it is not given; empty for none
 * @param help one sentence
 */
public record Flag(String name, Kind kind, String byDefault, String help) {

    /** How a value is written. */
    public enum Kind {
        TEXT,
        /** {@code --flag}, {@code --flag=true}, {@code --flag=false}; never takes the next word. */
        BOOLEAN,
        NUMBER,
        /** Go's form: 1h2m3s. */
        DURATION,
        /** Comma-separated, and repeatable. */
        LIST,
        /** {@code key=value} pairs, comma-separated, and repeatable. */
        MAP
    }

    public static Flag text(String name, String byDefault, String help) {
        return new Flag(name, Kind.TEXT, byDefault, help);
    }

    public static Flag bool(String name, boolean byDefault, String help) {
        return new Flag(name, Kind.BOOLEAN, Boolean.toString(byDefault), help);
    }

    public static Flag number(String name, long byDefault, String help) {
        return new Flag(name, Kind.NUMBER, Long.toString(byDefault), help);
    }

    public static Flag duration(String name, String byDefault, String help) {
        return new Flag(name, Kind.DURATION, byDefault, help);
    }

    public static Flag list(String name, String byDefault, String help) {
        return new Flag(name, Kind.LIST, byDefault, help);
    }

    public static Flag map(String name, String help) {
        return new Flag(name, Kind.MAP, "", help);
    }
}
