package multicloud.gateway.cli.diff;

import org.jspecify.annotations.Nullable;

/**
 * One setting that is another one now.
 *
 * @param setting as it is called in a document, from the thing it belongs to: {@code timeouts.total}
 * @param before null where there was none
 * @param after null where there is none any more
 * @param text the same as a sentence without subject: {@code goes to b, was a}
 */
public record Change(
        String setting, @Nullable String before, @Nullable String after, Effect effect, String text) {
    Change with(Effect other) {
        return new Change(setting, before, after, other, text);
    }
}
