package multicloud.gateway.aws;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import multicloud.gateway.aws.S3Calls.Ask;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Listed;
import multicloud.gateway.http.Body;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * The versions of one object (Amazon S3 API Reference: ListObjectVersions). S3 lists keys in alphabetical order, so that of all keys
 * that begin with the object's its own comes first, its newest version before the others. Not safe for use by several threads.
 */
final class S3Versions {
    private static final XMLInputFactory XML = factory();

    private final S3Calls calls;
    private final S3Location at;
    private final List<Entry> versions = new ArrayList<>();

    /** Where the next page begins; empty when there is none. */
    private final Map<String, @Nullable String> markers = new HashMap<>();

    S3Versions(S3Calls calls, S3Location at) {
        this.calls = calls;
        this.at = at;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    S3Result.History newest(int most) throws IOException {
        boolean more = true;
        while (more && versions.size() < most) {
            Map<String, @Nullable String> query = new HashMap<>(markers);
            query.put(S3Calls.VERSIONS, null);
            query.put("prefix", at.key());
            S3Answer answer = calls.exchange(new Ask(SdkHttpMethod.GET, at, query, Map.of(), Body.absent()));
            if (answer.status() != 200) {
                return S3Calls.refusal(answer);
            }
            try (InputStream body = answer.body()) {
                more = read(body);
            } catch (XMLStreamException | DateTimeException | NumberFormatException e) {
                throw new IOException("S3's list of versions cannot be read", e);
            }
        }
        return new Listed(versions.subList(0, Math.min(most, versions.size())));
    }

    /** Reads a page; says whether the next one may have more of this object. */
    private boolean read(InputStream page) throws XMLStreamException {
        XMLStreamReader xml = XML.createXMLStreamReader(page);
        Map<String, String> top = new HashMap<>();
        boolean others = false;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT
                    || xml.getLocalName().equals("ListVersionsResult")) {
                continue;
            }
            String name = xml.getLocalName();
            if (name.equals("Version") || name.equals("DeleteMarker")) {
                others |= !add(name.equals("DeleteMarker"), members(xml));
            } else if (name.equals("CommonPrefixes")) {
                members(xml);
            } else {
                top.put(name, xml.getElementText());
            }
        }
        markers.put("key-marker", top.get("NextKeyMarker"));
        markers.put("version-id-marker", top.get("NextVersionIdMarker"));
        return !others && top.containsKey("NextKeyMarker") && Boolean.parseBoolean(top.get("IsTruncated"));
    }

    /** Whether it is a version of this object, and not of one whose key begins with the same. */
    private boolean add(boolean deleted, Map<String, String> version) {
        if (!at.key().equals(version.get("Key"))) {
            return false;
        }
        versions.add(new Entry(
                version.getOrDefault("VersionId", "null"),
                Instant.parse(version.getOrDefault("LastModified", "")),
                Long.parseLong(version.getOrDefault("Size", "0")),
                version.get("ETag"),
                deleted));
        return true;
    }

    /** The texts below an element, up to its end; what lies deeper counts as its own. */
    private static Map<String, String> members(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> members = new HashMap<>();
        String open = "";
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    open = xml.getLocalName();
                }
                case XMLStreamConstants.CHARACTERS -> members.merge(open, xml.getText(), String::concat);
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    open = "";
                }
                default -> {}
            }
        }
        return members;
    }
}
