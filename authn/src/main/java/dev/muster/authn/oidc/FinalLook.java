package dev.muster.authn.oidc;

import dev.muster.core.identity.User;
import java.text.Normalizer;
import java.util.Optional;

/** Looks over a user that an issuer's claims made, whatever rules made it. */
final class FinalLook {

    private static final int LONGEST_NAME = 1024;
    private static final int MOST_GROUPS = 2000;
    private static final String SYSTEM = "system:";

    private FinalLook() {}

    /** Why nobody may be this. */
    static Optional<String> problem(User user, boolean systemNames) {
        if (user.name().isEmpty()) {
            return Optional.of("the user name is empty");
        }
        if (user.groups().size() > MOST_GROUPS) {
            return Optional.of(user.groups().size() + " groups; at most " + MOST_GROUPS + " are believed");
        }
        var problem = problem("user name", user.name(), systemNames).or(() -> problem("uid", user.uid(), true));
        for (String group : user.groups()) {
            if (problem.isPresent()) {
                return problem;
            }
            problem = problem("group", group, systemNames);
        }
        return problem;
    }

    private static Optional<String> problem(String what, String name, boolean systemNames) {
        if (name.length() > LONGEST_NAME) {
            return Optional.of("a " + what + " of more than " + LONGEST_NAME + " characters");
        }
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                ascii = false;
            } else if (c < ' ' || c == 0x7f) {
                return unreadable(what, name);
            }
        }
        if (!ascii && name.codePoints().anyMatch(FinalLook::isUnseen)) {
            return unreadable(what, name);
        }
        return !systemNames && isSystem(name, ascii)
                ? Optional.of("the " + what + " " + Plain.quoted(name)
                        + " is one of Kubernetes' own (system:), which this issuer may not give")
                : Optional.empty();
    }

    private static Optional<String> unreadable(String what, String name) {
        return Optional.of("the " + what + " " + Plain.quoted(name) + " has characters that nobody can see");
    }

    /** Controls, separators of lines, and what changes how the rest is shown. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** What merely looks like it deceives whoever reads a list of users. */
    private static boolean isSystem(String name, boolean ascii) {
        String plain = ascii ? name : Normalizer.normalize(name, Normalizer.Form.NFKC);
        return plain.stripLeading().regionMatches(true, 0, SYSTEM, 0, SYSTEM.length());
    }
}
