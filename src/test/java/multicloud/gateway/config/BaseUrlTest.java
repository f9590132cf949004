package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import multicloud.gateway.config.BaseUrl.InvalidUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good URLs; the bad ones stand in the golden files. */
class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://orders.example.com,            true,  orders.example.com, 443,   '',      false",
        "http://orders.example.com/,            false, orders.example.com, 80,    '',      false",
        "HTTPS://Orders.Example.COM:8443/Base/, true,  orders.example.com, 8443,  /Base,   false",
        "http://my_service:65535/a/b,           false, my_service,         65535, /a/b,    false",
        "https://xn--mnchen-3ya.example,        true,  xn--mnchen-3ya.example, 443, '',    false",
        "https://a.b-c.1.example/%41%2Fb/,      true,  a.b-c.1.example,    443,   /%41%2Fb, false",
        "http://localhost:9000,                 false, localhost,          9000,  '',      true",
        "http://LOCALHOST,                      false, localhost,          80,    '',      true",
        "http://foo.localhost,                  false, foo.localhost,      80,    '',      false",
        "http://127.0.0.1:1,                    false, 127.0.0.1,          1,     '',      true",
        "https://10.0.0.255/x,                  true,  10.0.0.255,         443,   /x,      true",
        "https://8.8.8.8,                       true,  8.8.8.8,            443,   '',      true",
        "http://[::1]:8080/x/,                  false, ::1,                8080,  /x,      true",
        "https://[FD12:0::1],                   true,  fd12:0::1,          443,   '',      true",
        "http://[::ffff:127.0.0.1]:80/,         false, ::ffff:127.0.0.1,   80,    '',      true"
    })
    void aUrlIsTakenApart(String text, boolean secure, String host, int port, String path, boolean literal)
            throws InvalidUrl {
        assertThat(BaseUrl.parse(text)).isEqualTo(new BaseUrl(secure, host, port, path, literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://orders.example.com",
                "http://orders.example.com/base",
                "https://orders.example.com:8443",
                "http://[::1]:8080/x"
            })
    void aUrlsTextIsTheUrl(String text) throws InvalidUrl {
        assertThat(BaseUrl.parse(text)).hasToString(text);
    }

    @Test
    void anUnresolvedReferenceStandsForItself() {
        assertThat(BaseUrl.unresolved("$env.ORDERS_URL")).hasToString("$env.ORDERS_URL");
    }

    @Test
    void aForbiddenAddressIsToldFromAMalformedUrl() {
        assertThatThrownBy(() -> BaseUrl.parse("http://169.254.169.254"))
                .isInstanceOfSatisfying(
                        InvalidUrl.class, e -> assertThat(e.rule()).isEqualTo(Rule.ADDRESS));
        assertThatThrownBy(() -> BaseUrl.parse("http://169.254.169"))
                .isInstanceOfSatisfying(
                        InvalidUrl.class, e -> assertThat(e.rule()).isEqualTo(Rule.URL));
    }
}
