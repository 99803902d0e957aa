package dev.muster.testkit.recording;

import java.util.List;

/**
 * The requests of one version of kubectl.
 *
 * @param kubectl the version, as in {@code 1.33}
 * @param calls in the order they were sent
 */
public record Recording(String kubectl, List<Call> calls) {

    public Recording {
        calls = List.copyOf(calls);
    }

    /**
     * One request.
     *
     * @param command what kubectl was told to do
     * @param method GET, POST, ...
     * @param target path and query
     * @param accept the Accept header; empty when there was none
     * @param contentType the Content-Type header; empty when there was none
     * @param body as sent; often empty
     */
    public record Call(String command, String method, String target, String accept, String contentType, byte[] body) {

        /** Without the query. */
        public String path() {
            int question = target.indexOf('?');
            return question < 0 ? target : target.substring(0, question);
        }

        public boolean isProtobuf() {
            return contentType.equals("application/vnd.kubernetes.protobuf");
        }

        /** For the names of tests. */
        @Override
        public String toString() {
            return command + ": " + method + " " + target + (contentType.isEmpty() ? "" : " (" + contentType + ")");
        }
    }
}
