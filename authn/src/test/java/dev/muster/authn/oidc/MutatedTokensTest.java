package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A token of which one thing was changed after it was signed is nobody's proof of anything. */
class MutatedTokensTest {

    private static final int ROUNDS = 20_000 * Integer.getInteger("fuzz.times", 1);

    @Test
    void noMutationOfAGoodTokenIsAccepted() throws InterruptedException {
        try (var world = World.ready(World.rules(Optional.of("groups"), Map.of()))) {
            String good = world.token().with("groups", "[\"a\"]").signed(World.KEY);
            var random = new Random(140);
            int mine = 0;
            for (int i = 0; i < ROUNDS; i++) {
                String mutant = mutated(good, random);
                if (mutant.equals(good) || mutant.isEmpty()) {
                    continue;
                }
                // What had to wait would only ask for keys.
                var outcome = world.at(mutant);
                assertThat(outcome).as(mutant).isNotInstanceOf(Outcome.Accepted.class);
                if (!(outcome instanceof Outcome.NotMine)) {
                    mine++;
                }
            }
            assertThat(mine).as("mutants that were looked at closely").isGreaterThan(ROUNDS / 4);
        }
    }

    private static String mutated(String token, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> flipped(token, random);
            case 1 -> {
                int at = random.nextInt(token.length());
                yield token.substring(0, at) + token.substring(at + 1);
            }
            case 2 -> {
                int at = random.nextInt(token.length());
                yield token.substring(0, at) + (char) (' ' + random.nextInt(95)) + token.substring(at);
            }
            case 3 -> token.substring(0, random.nextInt(token.length()));
            default -> inPart(token, random);
        };
    }

    private static String flipped(String token, Random random) {
        char[] all = token.toCharArray();
        all[random.nextInt(all.length)] = (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000);
        return new String(all);
    }

    /** Within what is encoded, so that it can still be decoded. */
    private static String inPart(String token, Random random) {
        String[] parts = token.split("\\.");
        int which = random.nextInt(3);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[which]);
        if (which == 2 || random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
        } else {
            String text = new String(bytes, StandardCharsets.UTF_8);
            String[] words = {"\"", "}", ",", "null", "{", "0", "\"sub\":\"root\",", "\\u0000", " ", "\"alg\":\"none\","
            };
            int at = random.nextInt(text.length());
            bytes = (text.substring(0, at) + words[random.nextInt(words.length)] + text.substring(at))
                    .getBytes(StandardCharsets.UTF_8);
        }
        parts[which] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }
}
