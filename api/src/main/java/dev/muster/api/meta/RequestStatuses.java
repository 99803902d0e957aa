package dev.muster.api.meta;

import dev.muster.api.meta.Status.Cause;
import dev.muster.api.meta.Status.Details;
import java.util.List;
import java.util.Optional;

/** The answers to what went wrong with a request as such: its form, its credentials, its moment. */
public final class RequestStatuses {

    private RequestStatuses() {}

    /** 400. */
    public static Status badRequest(String message) {
        return new Status(400, "BadRequest", message, Optional.empty());
    }

    /** 401: says nothing about why. */
    public static Status unauthorized() {
        return new Status(401, "Unauthorized", "Unauthorized", Optional.empty());
    }

    /** 405 for an action that a resource does not have; the verb as Kubernetes names it: get, list, create, ... */
    public static Status methodNotSupported(String group, String resource, String verb) {
        return Statuses.of(
                405,
                "MethodNotAllowed",
                verb + " is not supported on resources of kind " + GoText.quote(Statuses.qualified(group, resource)),
                group,
                resource,
                "");
    }

    /** 405 for a method that a path does not have. */
    public static Status methodNotAllowed() {
        return new Status(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Optional.of(Statuses.details("", "", "")));
    }

    /** 406. */
    public static Status notAcceptable(List<String> accepted) {
        return new Status(
                406,
                "NotAcceptable",
                "only the following media types are accepted: " + String.join(", ", accepted),
                Optional.empty());
    }

    /** 406 for a form such as Table that is not made in the encoding asked for. */
    public static Status notAcceptableAs(String target, List<String> accepted) {
        return new Status(
                406,
                "NotAcceptable",
                "only the following media types are accepted when converting to " + target + ": "
                        + String.join(", ", accepted),
                Optional.empty());
    }

    /** 415. */
    public static Status unsupportedMediaType(List<String> accepted) {
        return new Status(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted),
                Optional.empty());
    }

    /** 413. */
    public static Status requestEntityTooLarge(String message) {
        return new Status(413, "RequestEntityTooLarge", "Request entity too large: " + message, Optional.empty());
    }

    /** 413 for a body over the limit. */
    public static Status bodyTooLarge(long limit) {
        return requestEntityTooLarge("limit is " + limit);
    }

    /** 429; send Retry-After as well. */
    public static Status tooManyRequests(int retryAfterSeconds) {
        return tooManyRequests("too many requests, please try again later", retryAfterSeconds);
    }

    /** 429 with a message of its own. */
    public static Status tooManyRequests(String message, int retryAfterSeconds) {
        return retry(429, "TooManyRequests", message, retryAfterSeconds);
    }

    /** 504: may or may not have been done. */
    public static Status timeout(String message, int retryAfterSeconds) {
        return retry(504, "Timeout", "Timeout: " + message, retryAfterSeconds);
    }

    /** 500 ServerTimeout: not done for now, try again. The operation stands where the name would. */
    public static Status serverTimeout(String group, String resource, String operation, int retryAfterSeconds) {
        return new Status(
                500,
                "ServerTimeout",
                "The " + operation + " operation against " + Statuses.qualified(group, resource)
                        + " could not be completed at this time, please try again.",
                Optional.of(new Details(operation, group, resource, List.of(), retryAfterSeconds)));
    }

    /** 503. */
    public static Status serviceUnavailable(String message) {
        return new Status(503, "ServiceUnavailable", message, Optional.empty());
    }

    /** 500; the message goes to the caller, so it says what failed and not how we are made. */
    public static Status internalError(String message) {
        return new Status(
                500,
                "InternalError",
                "Internal error occurred: " + message,
                Optional.of(new Details("", "", "", List.of(new Cause("", message, "")), 0)));
    }

    private static Status retry(int code, String reason, String message, int seconds) {
        return new Status(code, reason, message, Optional.of(new Details("", "", "", List.of(), seconds)));
    }
}
