package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import multicloud.gateway.config.OriginPattern.InvalidOrigin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPatternTest {
    private static boolean matches(String pattern, String origin) throws InvalidOrigin {
        return OriginPattern.parse(pattern).matches(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com",
        "https://app.example.com:8443, https://app.example.com:8443",
        "http://[::1]:3000, http://[::1]:3000",
        "https://*.example.com, https://a.example.com",
        "https://*.example.com, https://a.b-c.example.com",
        "https://*.example.com:8443, https://a.example.com:8443",
        "http://localhost:*, http://localhost:3000",
        "http://localhost:*, http://localhost:1",
        "https://*.example.com:*, https://a.example.com:1",
        "capacitor://localhost, capacitor://localhost"
    })
    void theseMatch(String pattern, String origin) throws InvalidOrigin {
        assertThat(matches(pattern, origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, null",
        "https://app.example.com, ''",
        "https://app.example.com, http://app.example.com",
        "https://app.example.com, https://app.example.com:443",
        "https://app.example.com, https://app.example.com:8443",
        "https://app.example.com, https://app.example.com.",
        "https://app.example.com, https://app.example.com/",
        "https://app.example.com, https://APP.example.com",
        "https://app.example.com, https://app.example.com.evil.net",
        "https://app.example.com, https://evilapp.example.com",
        "https://app.example.com, ' https://app.example.com'",
        "https://app.example.com, 'https://app.example.com https://evil.net'",
        "https://app.example.com, 'https://app.example.com,https://evil.net'",
        "https://*.example.com, https://example.com",
        "https://*.example.com, https://.example.com",
        "https://*.example.com, https://a..example.com",
        "https://*.example.com, https://evilexample.com",
        "https://*.example.com, https://evil.net/.example.com",
        "https://*.example.com, https://evil.net?.example.com",
        "https://*.example.com, https://evil.net#.example.com",
        "https://*.example.com, https://evil.net@a.example.com",
        "https://*.example.com, https://evil.net:80.example.com",
        "https://*.example.com, https://evil.net%2f.example.com",
        "https://*.example.com, https://evil.net_.example.com",
        "https://*.example.com, https://a.example.com.evil.net",
        "https://*.example.com, https://a.example.com:444",
        "https://*.example.com, http://a.example.com",
        "https://*.example.com, https://A.example.com",
        "http://localhost:*, http://localhost",
        "http://localhost:*, http://localhost:",
        "http://localhost:*, http://localhost:3000.evil.net",
        "http://localhost:*, http://localhost:evil",
        "http://localhost:*, http://localhost.evil.net:3000",
        "http://localhost:*, http://localhost:123456",
        "http://localhost:*, https://localhost:3000"
    })
    void theseDoNot(String pattern, String origin) throws InvalidOrigin {
        assertThat(matches(pattern, origin)).isFalse();
    }
}
