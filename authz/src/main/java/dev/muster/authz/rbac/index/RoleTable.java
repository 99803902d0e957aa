package dev.muster.authz.rbac.index;

import java.util.Arrays;

/** Roles by number, immutable; a changed copy shares all but one chunk. A number without a role is a missing role. */
final class RoleTable {

    private static final int BITS = 8;
    private static final int CHUNK = 1 << BITS;
    private static final CompiledRole[] NONE = new CompiledRole[CHUNK];

    static final RoleTable EMPTY = new RoleTable(new CompiledRole[0][]);

    private final CompiledRole[][] chunks;

    private RoleTable(CompiledRole[][] chunks) {
        this.chunks = chunks;
    }

    /** Null when missing. */
    CompiledRole get(int number) {
        int chunk = number >> BITS;
        return number < 0 || chunk >= chunks.length ? null : chunks[chunk][number & (CHUNK - 1)];
    }

    /** A copy in which the number has the role; null takes it away. */
    RoleTable with(int number, CompiledRole role) {
        int chunk = number >> BITS;
        CompiledRole[][] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
        for (int i = chunks.length; i < copy.length; i++) {
            copy[i] = NONE;
        }
        copy[chunk] = copy[chunk].clone();
        copy[chunk][number & (CHUNK - 1)] = role;
        return new RoleTable(copy);
    }
}
