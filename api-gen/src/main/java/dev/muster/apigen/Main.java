package dev.muster.apigen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the description of all kinds to the file named by its one argument. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        var facts = new Facts(resource("facts.txt"));
        var resources = resource("resources.txt");
        var describer = new Describer(facts);
        var text = resources + describer.describe(Roots.in(resources));
        describer.refuseUnknown(facts.unused());
        var target = Path.of(arguments[0]);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Main.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
