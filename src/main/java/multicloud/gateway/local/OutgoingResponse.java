package multicloud.gateway.local;

import java.util.Locale;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.http1.Framing;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** An answer as it goes out: how its body is framed (RFC 9112, section 6), and whether the connection can be used again. */
final class OutgoingResponse extends BasicClassicHttpResponse {
    private static final long serialVersionUID = 1L;

    private final transient Headers fields;
    private final transient Terms terms;
    private final long length;
    private final boolean bodiless;

    /** What the request says of how its answer must be written. */
    record Terms(boolean head, boolean oldVersion, boolean keepAlive) {
        static final Terms INTERIM = new Terms(false, false, true);
    }

    private OutgoingResponse(int status, Headers fields, long length, boolean bodiless, Terms terms) {
        super(status, null, Locale.ROOT);
        this.fields = fields;
        this.length = length;
        this.bodiless = bodiless;
        this.terms = terms;
    }

    /** An answer that leaves the real one to come. */
    static OutgoingResponse interim(int status) {
        return new OutgoingResponse(status, Headers.empty(), Framing.UNSAID, true, Terms.INTERIM);
    }

    static OutgoingResponse of(Response response, Terms terms) {
        int status = response.status();
        Body body = response.body();
        if (terms.head() || status == 204 || status == 304) {
            return new OutgoingResponse(status, response.headers(), Framing.UNSAID, true, terms);
        }
        if (body.isAbsent()) {
            return new OutgoingResponse(status, response.headers(), 0, true, terms);
        }
        if (body.length() >= 0) {
            return new OutgoingResponse(status, response.headers(), body.length(), false, terms);
        }
        long length = terms.oldVersion() ? Framing.UNSAID : Framing.CHUNKED;
        return new OutgoingResponse(status, response.headers(), length, false, terms);
    }

    Headers fields() {
        return fields;
    }

    /** The body's length, which is said; {@link Framing#CHUNKED}; or {@link Framing#UNSAID} where nothing is said of it. */
    long length() {
        return length;
    }

    boolean isBodiless() {
        return bodiless;
    }

    /** Whether a length among the fields is that of the body another answer would have (RFC 9110, section 8.6). */
    boolean speaksOfAnother() {
        return bodiless && length == Framing.UNSAID && getCode() != 204;
    }

    boolean isToOldVersion() {
        return terms.oldVersion();
    }

    /** Whether the client can send another request on the connection. */
    boolean keepsAlive() {
        return terms.keepAlive() && (bodiless || length != Framing.UNSAID);
    }
}
