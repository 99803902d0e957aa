package dev.muster.apiserver.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records what real kubectls send. A tool, run by hand when a new kubectl comes out:
 *
 * <pre>java -cp ... dev.muster.apiserver.recording.Recorder testkit/src/main/resources/recordings KUBECTL...</pre>
 *
 * <p>Each program must be named {@code kubectl.VERSION}. Prints the commands that kubectl did not end well.
 */
public final class Recorder {

    private final String kubectl;
    private final Path home;
    private final StandIn server;
    private final List<byte[]> lines = new ArrayList<>();

    private Recorder(String kubectl, Path home, StandIn server) {
        this.kubectl = kubectl;
        this.home = home;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            var version = arguments[i].substring(arguments[i].lastIndexOf("kubectl.") + "kubectl.".length());
            var home = Files.createTempDirectory("recorder");
            try (var server = new StandIn()) {
                var recorder = new Recorder(arguments[i], home, server);
                for (List<String> command : Commands.in(home)) {
                    recorder.record(command);
                }
                Files.write(Path.of(arguments[0], "kubectl-" + version + ".json"), recorder.file(version));
            }
        }
    }

    private void record(List<String> command) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(kubectl, "--server", "http://" + server.address(), "--request-timeout=2s"));
        all.addAll(command);
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("KUBE_EDITOR", "sed -i s/one/two/");
        builder.environment().remove("KUBECONFIG");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            System.out.println(kubectl + " " + String.join(" ", command) + ": " + output);
        }
        for (StandIn.Heard heard : server.heard()) {
            lines.add(Json.write(line(String.join(" ", command).replace(home.toString(), "."), heard)));
        }
    }

    private static ObjectNode line(String command, StandIn.Heard heard) {
        var node = JsonNodeFactory.instance.objectNode().put("command", command);
        node.put("method", heard.method()).put("target", heard.target());
        if (!heard.accept().isEmpty()) {
            node.put("accept", heard.accept());
        }
        if (!heard.contentType().isEmpty()) {
            node.put("contentType", heard.contentType());
        }
        if (heard.body().length > 0) {
            node.put("body", Base64.getEncoder().encodeToString(heard.body()));
        }
        return node;
    }

    /** One line a call, so that changes can be read. */
    private byte[] file(String version) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("{\"kubectl\":\"" + version + "\",\"calls\":[\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < lines.size(); i++) {
            out.writeBytes(lines.get(i));
            out.writeBytes((i < lines.size() - 1 ? ",\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("]}\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
