package dev.muster.api.kinds;

import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Scalar;
import dev.muster.api.kinds.MessageType.Shape;
import dev.muster.api.kinds.MessageType.Trait;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages from text such as
 *
 * <pre>
 * message k8s.io.api.core.v1.ServiceAccount object
 *  metadata 1 k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta
 *  secrets 2 []k8s.io.api.core.v1.ObjectReference list=map:name patch=merge:name
 * </pre>
 *
 * <p>A field is its name, number, type ({@code []} a list, {@code {}} a map from strings) and facts about it; what follows {@code #} is for people. Finding the
 * messages is done at once, reading one when somebody asks for it: most are never needed.
 */
final class SchemaText {

    private static final String MESSAGE = "message ";
    private static final String ABOUT = " # ";

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final ConcurrentHashMap<String, MessageType> types = new ConcurrentHashMap<>();

    /** Takes the messages in a text; whatever else is in it is somebody else's. */
    void add(String text) {
        int at = text.startsWith(MESSAGE) ? 0 : text.indexOf("\n" + MESSAGE) + 1;
        while (at < text.length() && text.startsWith(MESSAGE, at)) {
            int next = text.indexOf("\n" + MESSAGE, at);
            int end = next < 0 ? text.length() : next + 1;
            int name = at + MESSAGE.length();
            texts.put(text.substring(name, text.indexOf(' ', name)), text.substring(name, end));
            at = end;
        }
    }

    Set<String> names() {
        return Collections.unmodifiableSet(texts.keySet());
    }

    MessageType message(String name) {
        var known = types.get(name);
        if (known != null) {
            return known;
        }
        var text = texts.get(name);
        if (text == null) {
            throw new NoSuchElementException("no message " + name);
        }
        // Not computeIfAbsent: reading a message with an inlined one reads that too.
        var read = read(text);
        var before = types.putIfAbsent(name, read);
        return before == null ? read : before;
    }

    private MessageType read(String text) {
        var lines = text.split("\n");
        var head = lines[0].split(" ");
        var byName = new LinkedHashMap<String, Field>();
        var byNumber = new LinkedHashMap<Integer, Field>();
        for (int i = 1; i < lines.length; i++) {
            var field = field(lines[i]);
            if (field.number() > 0) {
                byNumber.put(field.number(), field);
            }
            if (field.is(Trait.INLINE)) {
                byName.putAll(message(field.message()).byName());
            } else {
                byName.put(field.json(), field);
            }
        }
        return new MessageType(
                head[0], form(head[1]), Collections.unmodifiableMap(byName), Collections.unmodifiableMap(byNumber));
    }

    private static Form form(String word) {
        return switch (word) {
            case "object" -> Form.OBJECT;
            case "time" -> Form.TIME;
            case "microtime" -> Form.MICRO_TIME;
            case "duration" -> Form.DURATION;
            case "quantity" -> Form.QUANTITY;
            case "intorstring" -> Form.INT_OR_STRING;
            case "raw" -> Form.RAW;
            case "strings" -> Form.STRING_LIST;
            default -> throw new IllegalStateException("no such form: " + word);
        };
    }

    private static Field field(String whole) {
        int about = whole.indexOf(ABOUT);
        var line = about < 0 ? whole : whole.substring(0, about);
        var words = line.substring(1).split(" ");
        var type = words[2];
        var shape = type.startsWith("[]") ? Shape.LIST : type.startsWith("{}") ? Shape.MAP : Shape.SINGLE;
        var one = shape == Shape.SINGLE ? type : type.substring(2);
        boolean message = one.indexOf('.') >= 0;
        var list = "";
        var patch = "";
        var traits = EnumSet.noneOf(Trait.class);
        for (int i = 3; i < words.length; i++) {
            var word = words[i];
            switch (word) {
                case "required" -> traits.add(Trait.REQUIRED);
                case "zero" -> traits.add(Trait.KEEPS_ZERO);
                case "inline" -> traits.add(Trait.INLINE);
                case "map=atomic" -> traits.add(Trait.ATOMIC);
                default -> {
                    if (word.startsWith("list=")) {
                        list = word.substring("list=".length());
                    } else if (word.startsWith("patch=")) {
                        patch = word.substring("patch=".length());
                    } else {
                        throw new IllegalStateException("no such fact: " + line);
                    }
                }
            }
        }
        return new Field(
                words[0],
                Integer.parseInt(words[1]),
                shape,
                message ? Scalar.MESSAGE : Scalar.valueOf(one.toUpperCase(Locale.ROOT)),
                message ? one : "",
                before(list),
                after(list).isEmpty() ? List.of() : List.of(after(list).split(",")),
                before(patch),
                after(patch),
                Collections.unmodifiableSet(traits),
                about < 0 ? "" : whole.substring(about + ABOUT.length()));
    }

    private static String before(String fact) {
        int colon = fact.indexOf(':');
        return colon < 0 ? fact : fact.substring(0, colon);
    }

    private static String after(String fact) {
        int colon = fact.indexOf(':');
        return colon < 0 ? "" : fact.substring(colon + 1);
    }
}
