package dev.muster.apiserver.health;

/**
 * What {@code /version} says. Clients go by major and minor, which are those of the Kubernetes API that is spoken.
 *
 * @param gitVersion such as {@code v1.33.0+muster-0.1.0}
 * @param buildDate RFC 3339
 */
public record VersionInfo(
        String major, String minor, String gitVersion, String gitCommit, String buildDate, String platform) {

    /** The texts are ours and need no escaping. */
    String json() {
        return """
                {
                  "major": "%s",
                  "minor": "%s",
                  "gitVersion": "%s",
                  "gitCommit": "%s",
                  "gitTreeState": "clean",
                  "buildDate": "%s",
                  "goVersion": "",
                  "compiler": "javac",
                  "platform": "%s"
                }""".formatted(major, minor, gitVersion, gitCommit, buildDate, platform);
    }
}
