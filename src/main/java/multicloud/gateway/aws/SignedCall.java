package multicloud.gateway.aws;

import multicloud.gateway.http.Body;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A call to a service, yet to be signed.
 *
 * @param service the service's signing name, like {@code s3}
 * @param region the region the signature is for
 * @param request with the path percent-encoded as it is to be sent
 * @param content buffered, since it is read to be signed and again to be sent; or absent
 */
public record SignedCall(String service, String region, SdkHttpRequest request, Body content) {}
