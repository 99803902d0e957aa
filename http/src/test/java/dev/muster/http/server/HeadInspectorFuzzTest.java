package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random and mutated heads: cut anywhere they are judged alike, and as a second reading of the grammar judges them. */
class HeadInspectorFuzzTest {

    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
    private static final Pattern GRAMMAR = Pattern.compile(
            "(?:\r\n)?" + TOKEN + "+ [\\x21-\\x7e]+ HTTP/1\\.[01]\r\n" + "(?:" + TOKEN
                    + "+:[\\t\\x20-\\x7e\\x80-\\xff]*\r\n)*\r\n",
            Pattern.DOTALL);
    private static final String[] SEEDS = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a%20b?c=d HTTP/1.0\r\nContent-Length: 3\r\nX-\u00e4: b\r\n\r\n",
        "\r\nOPTIONS * HTTP/1.1\r\nHost:a\r\nTransfer-Encoding:\tchunked \r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nA: \r\nB:\r\n c\r\n\r\n"
    };
    private static final String SPICE = "\r\n\t :\0/HTP1.0aZ\u007f\u00ff\"(";
    private static final Limits LIMITS = Limits.DEFAULT;

    @RepeatedTest(20)
    void isJudgedAlikeHoweverItIsCut(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        for (int i = 0; i < 2000 * Integer.getInteger("fuzz.times", 1); i++) {
            byte[] head = mutated(random).getBytes(StandardCharsets.ISO_8859_1);
            var whole = new HeadInspector(LIMITS);
            int end = whole.inspect(Unpooled.wrappedBuffer(head), 0, head.length);
            var pieces = new HeadInspector(LIMITS);
            int at = 0;
            int cut = 0;
            while (cut < head.length && at == cut && pieces.refusal() == null) {
                cut = Math.min(head.length, cut + 1 + random.nextInt(7));
                at = pieces.inspect(Unpooled.wrappedBuffer(head), at, cut);
            }
            assertThat(at).isEqualTo(end);
            assertThat(status(pieces)).isEqualTo(status(whole));
            assertThat(whole.refusal() == null && whole.complete())
                    .as(new String(head, StandardCharsets.ISO_8859_1))
                    .isEqualTo(GRAMMAR.matcher(new String(head, 0, end, StandardCharsets.ISO_8859_1))
                            .matches());
        }
    }

    private static int status(HeadInspector inspector) {
        return inspector.refusal() == null ? 0 : inspector.refusal().status();
    }

    private static String mutated(Random random) {
        var head = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(head.length());
            char c = SPICE.charAt(random.nextInt(SPICE.length()));
            switch (random.nextInt(3)) {
                case 0 -> head.insert(at, c);
                case 1 -> head.setCharAt(at, c);
                default -> head.deleteCharAt(at);
            }
        }
        return head.toString();
    }
}
