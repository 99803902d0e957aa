package dev.muster.authz.rbac.index;

import java.util.Arrays;

/** Roles by number, immutable; a changed copy shares all but one chunk. A number without a role is a missing role. */
final class RoleTable {

    private static final int BITS = 8;
    private static final int LAST = (1 << BITS) - 1;
    private static final Chunk NONE = Chunk.empty();

    static final RoleTable EMPTY = new RoleTable(new Chunk[0]);

    private final Chunk[] chunks;

    private RoleTable(Chunk[] chunks) {
        this.chunks = chunks;
    }

    /** What the role speaks of, for {@link Sieve}. */
    long sieve(int number) {
        int chunk = number >>> BITS;
        return chunk < chunks.length ? chunks[chunk].sieves[number & LAST] : Sieve.MISSING;
    }

    /** Null when missing. */
    CompiledRole get(int number) {
        int chunk = number >>> BITS;
        return chunk < chunks.length ? chunks[chunk].roles[number & LAST] : null;
    }

    /** A copy in which the number has the role; null takes it away. */
    RoleTable with(int number, CompiledRole role) {
        int chunk = number >>> BITS;
        Chunk[] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
        Arrays.fill(copy, chunks.length, copy.length, NONE);
        copy[chunk] = copy[chunk].with(number & LAST, role);
        return new RoleTable(copy);
    }

    private record Chunk(CompiledRole[] roles, long[] sieves) {

        static Chunk empty() {
            long[] sieves = new long[LAST + 1];
            Arrays.fill(sieves, Sieve.MISSING);
            return new Chunk(new CompiledRole[LAST + 1], sieves);
        }

        Chunk with(int at, CompiledRole role) {
            var copy = new Chunk(roles.clone(), sieves.clone());
            copy.roles[at] = role;
            copy.sieves[at] = role == null ? Sieve.MISSING : role.sieve();
            return copy;
        }
    }
}
