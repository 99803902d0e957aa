package dev.muster.apiserver.audit;

/**
 * What came with a request.
 *
 * @param body null = nothing that is recorded, or not here yet
 */
record Sent(String contentType, byte[] body) {

    static final Sent NOTHING = new Sent("", null);

    long weight() {
        return body == null ? 0 : body.length;
    }
}
