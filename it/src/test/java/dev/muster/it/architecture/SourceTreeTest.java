package dev.muster.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of the sources as text. */
class SourceTreeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LONGEST_SOURCE = 400;
    private static final int LONGEST_TEST = 600;

    private static List<Path> sources(String part) throws IOException {
        var all = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module :
                    modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
                Path folder = module.resolve(part);
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    @Test
    void everyPackageSaysWhatItIs() throws Exception {
        List<Path> main = sources("src/main/java");
        assertThat(main).hasSizeGreaterThan(150);
        var silent = main.stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> ROOT.relativize(folder).toString())
                .toList();

        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    @Test
    void everyPackageSaysWhatMustStayTrueAndWhatAnAttackerWouldTry() throws Exception {
        for (Path file : sources("src/main/java")) {
            if (file.endsWith("package-info.java")
                    && !file.toString().contains("testkit")
                    && !file.toString().contains("bench")) {
                assertThat(Files.readString(file))
                        .as(ROOT.relativize(file).toString())
                        .containsIgnoringCase("stay true")
                        .containsIgnoringCase("attacker");
            }
        }
    }

    @Test
    void filesStaySmall() throws Exception {
        assertThat(tooLong(sources("src/main/java"), LONGEST_SOURCE)).isEmpty();
        assertThat(tooLong(sources("src/test/java"), LONGEST_TEST)).isEmpty();
    }

    private static List<String> tooLong(List<Path> files, int limit) throws IOException {
        var found = new ArrayList<String>();
        for (Path file : files) {
            long lines;
            try (Stream<String> text = Files.lines(file)) {
                lines = text.count();
            }
            if (lines > limit) {
                found.add(ROOT.relativize(file) + ": " + lines + " lines");
            }
        }
        return found;
    }

    @Test
    void architectureNamesEveryModule() throws Exception {
        String text = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.filter(m -> Files.exists(m.resolve("pom.xml")))
                    .map(m -> m.getFileName().toString())
                    .forEach(name -> assertThat(text).contains("`" + name + "`"));
        }
    }
}
