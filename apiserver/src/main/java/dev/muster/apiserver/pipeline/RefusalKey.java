package dev.muster.apiserver.pipeline;

import dev.muster.core.identity.Heard;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes two refusals the same one: all that a story says, but for times. Somebody who tries an expired credential again and
 * again fills one place; two causes never share one.
 */
record RefusalKey(
        int code,
        Refusal.Caller user,
        Refusal.Asked asked,
        String said,
        List<Heard> heard,
        Optional<Refusal.Impersonation> impersonation) {

    /** {@code 2026-01-02T03:04:05Z}, {@code 17 s ago}, {@code 1h2m ago}. */
    private static final Pattern TIMES =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,20}Z|[0-9][0-9hmsd. ]{0,20}ago");

    static RefusalKey of(
            Story story,
            Refusal.Asked asked,
            Refusal.Caller caller,
            List<Heard> heard,
            Optional<Refusal.Impersonation> impersonation) {
        var request = new Refusal.Asked(asked.verb(), asked.what(), asked.namespace(), asked.path(), asked.from(), "");
        var answers = heard.stream()
                .map(one -> new Heard(one.authenticator(), one.answer(), timeless(one.detail())))
                .toList();
        return new RefusalKey(
                story.code(), caller, request, timeless(Scrub.text(story.said())), answers, impersonation);
    }

    private static String timeless(String text) {
        return TIMES.matcher(text).replaceAll("then");
    }
}
