package multicloud.gateway.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path changes of the fields that pass it.
 *
 * @param headers of the request an upstream gets
 * @param query parameters of the request an upstream gets
 * @param responseHeaders of the answer a client gets
 */
public record MappingConfig(List<Entry> headers, List<Entry> query, List<Entry> responseHeaders) {
    public static final MappingConfig NONE = new MappingConfig(List.of(), List.of(), List.of());

    public MappingConfig {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        responseHeaders = List.copyOf(responseHeaders);
    }

    /**
     * One field: removed, and then set if its value comes to something.
     *
     * @param value null where it is only removed
     */
    public record Entry(String name, @Nullable Template value) {}
}
