package dev.muster.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Executes the tour of a README line by line: every {@code $ command} in its {@code console} blocks, in one shell, comparing what
 * is printed with what stands below it. A line of {@code ...} stands for any lines, {@code ...} within a line for any text.
 *
 * <p>The first command, {@code ./muster up}, is started before the tour by whoever runs it; here its output is compared with a
 * log. Run as: {@code java Tour.java README.md UP_LOG}. Home folder and MUSTER come from the environment.
 */
public final class Tour {

    private record Step(int line, String command, List<String> expected) {}

    private Tour() {}

    public static void main(String[] arguments) throws IOException {
        List<Step> steps = read(Path.of(arguments[0]));
        String upLog = Files.readString(Path.of(arguments[1]));
        if (steps.size() < 10 || !steps.getFirst().command().equals("./muster up")) {
            throw new IllegalStateException("the tour begins with ./muster up and has at least ten steps");
        }
        int failed = check(steps.getFirst(), List.of(upLog.split("\n"))) ? 0 : 1;
        Process shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
        try (OutputStream in = shell.getOutputStream();
                var out = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            for (Step step : steps.subList(1, steps.size())) {
                if (!check(step, run(step, in, out))) {
                    failed++;
                }
            }
        }
        System.out.println("tour: " + (steps.size() - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<String> run(Step step, OutputStream in, BufferedReader out) throws IOException {
        String mark = UUID.randomUUID().toString();
        in.write((step.command() + "\nprintf '\\n%s\\n' " + mark + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        var said = new ArrayList<String>();
        for (String line = out.readLine(); line != null && !line.equals(mark); line = out.readLine()) {
            said.add(line);
        }
        while (!said.isEmpty() && said.getLast().isEmpty()) {
            said.removeLast();
        }
        return said;
    }

    private static boolean check(Step step, List<String> said) {
        if (matches(step.expected(), said)) {
            System.out.println("  ok      " + step.command());
            return true;
        }
        System.out.println("  FAILED  " + step.command() + " (line " + step.line() + ")");
        step.expected().forEach(line -> System.out.println("      expected: " + line));
        said.forEach(line -> System.out.println("      said:     " + line));
        return false;
    }

    private static boolean matches(List<String> expected, List<String> said) {
        if (expected.isEmpty()) {
            return said.isEmpty();
        }
        if (expected.getFirst().equals("...")) {
            for (int skip = 0; skip <= said.size(); skip++) {
                if (matches(expected.subList(1, expected.size()), said.subList(skip, said.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !said.isEmpty()
                && lineMatches(expected.getFirst(), said.getFirst())
                && matches(expected.subList(1, expected.size()), said.subList(1, said.size()));
    }

    private static boolean lineMatches(String expected, String said) {
        var pattern = new StringBuilder();
        String[] parts = expected.split("\\s*\\.\\.\\.\\s*", -1);
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return said.stripTrailing().matches(pattern.toString());
    }

    private static List<Step> read(Path file) throws IOException {
        var steps = new ArrayList<Step>();
        boolean inside = false;
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                steps.add(new Step(i + 1, line.substring(2), new ArrayList<>()));
            } else if (inside) {
                steps.getLast().expected().add(line);
            }
        }
        return steps;
    }
}
