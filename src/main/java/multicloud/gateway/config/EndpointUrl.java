package multicloud.gateway.config;

import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.http.RequestTarget;

/**
 * The address of something that the gateway itself asks, such as an issuer's keys: https, or http where that is a loopback address.
 *
 * @param place scheme, host and port
 * @param target path and query, as written
 */
public record EndpointUrl(BaseUrl place, RequestTarget target) {

    /** One that is not known, because its reference was left unresolved. */
    static EndpointUrl unresolved(String reference) {
        return new EndpointUrl(BaseUrl.unresolved(reference), new RequestTarget("/", null));
    }

    /**
     * Reads a URL, which may have a query (RFC 3986).
     *
     * @throws InvalidUrl when it is none, or leads to an address that no document may name
     */
    public static EndpointUrl parse(String text) throws InvalidUrl {
        int mark = text.indexOf('?');
        BaseUrl place = BaseUrl.parse(mark < 0 ? text : text.substring(0, mark));
        if (!place.secure() && !place.isLoopback()) {
            throw new InvalidUrl(Rule.URL, "it begins with https://, as http is for loopback addresses alone");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            throw new InvalidUrl(Rule.URL, "a URL has no spaces, no fragment and nothing outside ASCII");
        }
        int slash = text.indexOf('/', text.indexOf("://") + 3);
        if (slash < 0 || mark >= 0 && slash > mark) {
            return new EndpointUrl(place, new RequestTarget("/", mark < 0 ? null : text.substring(mark + 1)));
        }
        return new EndpointUrl(place, RequestTarget.parse(text.substring(slash)));
    }

    /** The same place with another path below its own; without its query. */
    public EndpointUrl below(String path) {
        return new EndpointUrl(place, new RequestTarget(place.path() + path, null));
    }

    /** The URL without its query, which may hold a secret. */
    @Override
    public String toString() {
        BaseUrl origin = new BaseUrl(place.secure(), place.host(), place.port(), "", place.literal());
        return origin + target.path();
    }
}
