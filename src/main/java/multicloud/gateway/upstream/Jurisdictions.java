package multicloud.gateway.upstream;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the regions lie that the gateway itself may run in: declared by the document, else the country or the union the region is in. */
public final class Jurisdictions {
    /** By their own names and no beginnings of them: two regions of one beginning need not lie under one law (AWS Regions). */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            Map.entry(
                    "us",
                    List.of("us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1")),
            Map.entry(
                    "eu",
                    List.of(
                            "eu-central-1",
                            "eu-north-1",
                            "eu-south-1",
                            "eu-south-2",
                            "eu-west-1",
                            "eu-west-3",
                            "eusc-de-east-1")),
            Map.entry("uk", List.of("eu-west-2")),
            Map.entry("ch", List.of("eu-central-2")),
            Map.entry("ca", List.of("ca-central-1", "ca-west-1")),
            Map.entry("mx", List.of("mx-central-1")),
            Map.entry("br", List.of("sa-east-1")),
            Map.entry("za", List.of("af-south-1")),
            Map.entry("il", List.of("il-central-1")),
            Map.entry("bh", List.of("me-south-1")),
            Map.entry("ae", List.of("me-central-1")),
            Map.entry("in", List.of("ap-south-1", "ap-south-2")),
            Map.entry("hk", List.of("ap-east-1")),
            Map.entry("tw", List.of("ap-east-2")),
            Map.entry("jp", List.of("ap-northeast-1", "ap-northeast-3")),
            Map.entry("kr", List.of("ap-northeast-2")),
            Map.entry("sg", List.of("ap-southeast-1")),
            Map.entry("au", List.of("ap-southeast-2", "ap-southeast-4")),
            Map.entry("id", List.of("ap-southeast-3")),
            Map.entry("my", List.of("ap-southeast-5")),
            Map.entry("nz", List.of("ap-southeast-6")),
            Map.entry("th", List.of("ap-southeast-7")),
            Map.entry("cn", List.of("cn-north-1", "cn-northwest-1")));

    private static final Map<String, String> BY_REGION = KNOWN.entrySet().stream()
            .flatMap(law -> law.getValue().stream().map(region -> Map.entry(region, law.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

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
        return own != null ? own : BY_REGION.get(region);
    }
}
