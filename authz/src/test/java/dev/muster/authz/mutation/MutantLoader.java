package dev.muster.authz.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Defines one room of classes anew, one of them with other bytes; everything else comes from the parent. */
final class MutantLoader extends ClassLoader {

    private final String room;
    private final String mutated;
    private final byte[] bytes;

    /**
     * @param room the package whose classes, and those of packages below, are defined here
     */
    MutantLoader(String room, String mutated, byte[] bytes) {
        super(MutantLoader.class.getClassLoader());
        this.room = room;
        this.mutated = mutated;
        this.bytes = bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(room + ".")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] code = name.equals(mutated) ? bytes : bytesOf(name);
            return defineClass(name, code, 0, code.length);
        }
    }

    static byte[] bytesOf(String name) {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = MutantLoader.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no class " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
