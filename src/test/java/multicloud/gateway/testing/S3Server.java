package multicloud.gateway.testing;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** An S3 server in the test's own process that verifies signatures: S3Proxy, which keeps its objects in memory. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "config-bucket";

    /** A bucket that keeps versions. */
    public static final String VERSIONED = "versioned-bucket";

    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private final BlobStore store;
    private final S3Proxy proxy;

    private S3Server(BlobStore store, S3Proxy proxy) {
        this.store = store;
        this.proxy = proxy;
    }

    /** A server with two empty buckets. */
    public static S3Server start() throws Exception {
        BlobStore store = BlobStores.create("transient-nio2", new Properties());
        store.createContainer(BUCKET);
        store.createContainer(VERSIONED);
        store.putBucketVersioning(VERSIONED, BucketVersioningStatus.ENABLED);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                .build();
        proxy.start();
        return new S3Server(store, proxy);
    }

    public int port() {
        return proxy.getPort();
    }

    /** The AWS_* variables that lead to this server. */
    public Map<String, String> environment() {
        return environment(port());
    }

    /** The AWS_* variables that lead to a server on that port with this one's credentials. */
    public static Map<String, String> environment(int port) {
        return Map.of(
                "AWS_REGION",
                "eu-west-1",
                "AWS_ACCESS_KEY_ID",
                ID,
                "AWS_SECRET_ACCESS_KEY",
                SECRET,
                "AWS_ENDPOINT_URL_S3",
                "http://127.0.0.1:" + port);
    }

    /** Puts an object there, past the gateway's own client. */
    public void put(String key, String content) {
        put(BUCKET, key, content);
    }

    /** Puts an object into one of the buckets. */
    public void put(String bucket, String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentLength((long) bytes.length)
                .build();
        store.putBlob(request, new ByteArrayInputStream(bytes));
    }

    /** Takes an object away. */
    public void remove(String key) {
        remove(BUCKET, key);
    }

    /** Takes an object out of one of the buckets. */
    public void remove(String bucket, String key) {
        store.removeBlob(bucket, key);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        }
        store.close();
    }
}
