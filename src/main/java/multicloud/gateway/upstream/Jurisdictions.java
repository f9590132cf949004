package multicloud.gateway.upstream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the regions lie that the gateway itself may run in: declared by the document, else the country or the union the region is in. */
public final class Jurisdictions {
    /** Regions and beginnings of regions of AWS, the longest that fits counts (AWS Regions and Availability Zones). */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("us-", "us"),
            Map.entry("eu-", "eu"),
            Map.entry("eu-west-2", "uk"),
            Map.entry("eu-central-2", "ch"),
            Map.entry("eusc-", "eu"),
            Map.entry("ca-", "ca"),
            Map.entry("mx-", "mx"),
            Map.entry("sa-east-", "br"),
            Map.entry("af-south-", "za"),
            Map.entry("il-", "il"),
            Map.entry("me-south-", "bh"),
            Map.entry("me-central-", "ae"),
            Map.entry("ap-south-", "in"),
            Map.entry("ap-east-1", "hk"),
            Map.entry("ap-east-2", "tw"),
            Map.entry("ap-northeast-1", "jp"),
            Map.entry("ap-northeast-2", "kr"),
            Map.entry("ap-northeast-3", "jp"),
            Map.entry("ap-southeast-1", "sg"),
            Map.entry("ap-southeast-2", "au"),
            Map.entry("ap-southeast-3", "id"),
            Map.entry("ap-southeast-4", "au"),
            Map.entry("ap-southeast-5", "my"),
            Map.entry("ap-southeast-6", "nz"),
            Map.entry("ap-southeast-7", "th"),
            Map.entry("cn-", "cn"));

    private Jurisdictions() {}

    /**
     * Where a region lies; null where that is not known, which counts as nowhere.
     *
     * @param declared by the document, by the regions' names
     */
    public static @Nullable String of(@Nullable String region, Map<String, String> declared) {
        if (region == null) {
            return null;
        }
        String own = declared.get(region);
        if (own != null) {
            return own;
        }
        String longest = "";
        for (String beginning : KNOWN.keySet()) {
            boolean whole = !beginning.endsWith("-");
            boolean fits = whole ? region.equals(beginning) : region.startsWith(beginning);
            longest = fits && beginning.length() > longest.length() ? beginning : longest;
        }
        return KNOWN.get(longest);
    }
}
