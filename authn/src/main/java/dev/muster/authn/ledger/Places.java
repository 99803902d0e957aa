package dev.muster.authn.ledger;

import dev.muster.core.certificate.Use;
import dev.muster.http.limit.AddressKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From where one certificate was used: the last few addresses, and about how many there were. Times are seconds since 1970. */
final class Places {

    /** More are only estimated. */
    static final int KEPT = 16;

    /** What lies closer together than this is at once. */
    private static final long TOGETHER = 60;

    /** In the order of last use. */
    private final Map<AddressKey, Stay> stays = new LinkedHashMap<>(4, 0.75f, true);

    private Sketch others;
    private long together;

    /** First and last. */
    record Stay(long first, long last) {

        Stay with(Stay other) {
            return new Stay(Math.min(first, other.first), Math.max(last, other.last));
        }

        Use.Span span() {
            return new Use.Span(Instant.ofEpochSecond(first), Instant.ofEpochSecond(last));
        }
    }

    /** Used from there now. */
    void seen(AddressKey from, long now) {
        var before = stays.get(from);
        if (before != null && wasElsewhereSince(from, before.last(), now)) {
            together = now;
        }
        add(from, new Stay(now, now));
    }

    /** Here, there, and here again within a minute: not somebody who has moved. */
    private boolean wasElsewhereSince(AddressKey here, long last, long now) {
        if (stays.size() == 1 || last < now - TOGETHER) {
            return false;
        }
        for (var stay : stays.entrySet()) {
            if (!stay.getKey().equals(here) && stay.getValue().last() >= last) {
                return true;
            }
        }
        return false;
    }

    void add(AddressKey from, Stay stay) {
        var known = stays.get(from);
        stays.put(from, known == null ? stay : known.with(stay));
        if (others != null) {
            others.add(from);
        }
        if (stays.size() > KEPT) {
            if (others == null) {
                others = new Sketch();
                stays.keySet().forEach(others::add);
            }
            stays.remove(stays.keySet().iterator().next());
        }
    }

    /** What another server, or an earlier life of this one, has seen. */
    void add(Places other) {
        other.stays.forEach(this::add);
        together = Math.max(together, other.together);
        if (other.others != null) {
            sketch(other.others);
        }
    }

    void sketch(Sketch more) {
        if (others == null) {
            others = new Sketch();
            stays.keySet().forEach(others::add);
        }
        others.add(more);
    }

    void together(long at) {
        together = Math.max(together, at);
    }

    Map<AddressKey, Stay> stays() {
        return stays;
    }

    Optional<Sketch> sketch() {
        return Optional.ofNullable(others);
    }

    long together() {
        return together;
    }

    long count() {
        return others == null ? stays.size() : Math.max(stays.size(), others.estimate());
    }

    /** The latest first. */
    List<Use.Address> addresses() {
        var all = new ArrayList<Use.Address>(stays.size());
        stays.forEach((key, stay) -> all.addFirst(new Use.Address(key.text(), stay.span())));
        return all;
    }
}
