package multicloud.gateway.mapping;

/**
 * A value as it is shown before a request is served.
 *
 * @param text what it will be; with {@code ***} in place of what comes from a secret; or its template, where it depends on what is
 *     not known yet
 * @param exact whether it will be that text
 */
public record Shown(String text, boolean exact) {}
