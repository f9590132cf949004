package multicloud.gateway.auth;

import java.io.IOException;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.EndpointUrl;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;

/** Something of an issuer that the gateway itself asks. Immutable. */
record Endpoint(Origin origin, RequestTarget target) {

    /** One that the document names, and with it its address where that is written literally. */
    static Endpoint of(EndpointUrl url) {
        return of(url, url.place().literal() ? AddressRule.PRIVATE : AddressRule.PUBLIC);
    }

    /**
     * One that an answer names: of it only the same host may be as private as the one that named it.
     *
     * @throws IOException when it is none that may be asked
     */
    static Endpoint named(String url, Endpoint by) throws IOException {
        try {
            EndpointUrl parsed = EndpointUrl.parse(url);
            boolean same = parsed.place().host().equals(by.origin.host());
            return of(parsed, same ? by.origin.addresses() : AddressRule.PUBLIC);
        } catch (InvalidUrl e) {
            throw new IOException("a URL that is not asked", e);
        }
    }

    private static Endpoint of(EndpointUrl url, AddressRule addresses) {
        BaseUrl place = url.place();
        return new Endpoint(new Origin(place.secure(), place.host(), place.port(), addresses), url.target());
    }
}
