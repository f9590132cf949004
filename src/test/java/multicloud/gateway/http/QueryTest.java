package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource({
        "a=1&b=2&a=3,a,1|3",
        "flag,flag,''",
        "flag=,flag,''",
        "a=b=c,a,b=c",
        "%61=%20x+y,a,' x y'",
        "a=%zz,a,%zz",
        "&&a=1&,a,1"
    })
    void valuesAreDecodedInOrder(String query, String name, String values) {
        assertThat(Query.values(query, name)).isEqualTo(List.of(values.split("\\|", -1)));
    }

    @Test
    void withoutTheNameThereIsNothing() {
        assertThat(Query.values(null, "a")).isEmpty();
        assertThat(Query.values("", "a")).isEmpty();
        assertThat(Query.values("aa=1&b=a", "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a=1&b=2&a=3,a,1",
                "b=2&%61=x+y,a,x y",
                "a,a,''",
                "a&a=1,a,''",
                "=v,'',v",
                "'','',''",
                "a=1,'',-",
                "a=1,A,-",
                "aa=1,a,-",
                "-,a,-",
                "'',a,-",
                "b=a,a,-"
            })
    void theFirstValueIsThatOfTheFirstParameterOfThatName(String query, String name, String value) {
        assertThat(Query.first(query, name)).isEqualTo(value);
        assertThat(Query.values(query, name).stream().findFirst().orElse(null)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = ';',
            value = {
                "a=1&b=2&a=3;a;b=2",
                "a=1&b=2&a=3;a,b;''",
                "b=%7c%7C&a=1&c;a;b=%7c%7C&c",
                "%61=1&b;a;b",
                "a+b=1&a b=2&c;a b;c",
                "a%zz=1&a=2;a;a%zz=1",
                "a%zz=1&a=2;a%zz;a=2",
                "&&a=1&;a;&&",
                "=1&a;'';a",
                "A=1;a;A=1",
                "ab=1&ba;a;ab=1&ba",
                "a=b&b=a;a;b=a",
                "-;a;''",
                "'';a;''"
            })
    void withoutSomeNamesTheOthersKeepTheirBytesAndOrder(String query, String names, String left) {
        assertThat(Query.without(query, List.of(names.split(",")))).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|a|1|a=1",
                "x|a|1|x&a=1",
                "x&|a|1|x&&a=1",
                "x|a|''|x&a=",
                "x|''|1|x&=1",
                "x|a&b=c|d#e?f/g|x&a%26b%3Dc=d%23e%3Ff%2Fg",
                "x|a b|c+d|x&a%20b=c%2Bd",
                "x|a%b|%61|x&a%25b=%2561",
                "x|é|€𝄞|x&%C3%A9=%E2%82%AC%F0%9D%84%9E",
                "x|~a-b_c.d|AZaz09|x&~a-b_c.d=AZaz09"
            })
    void anAppendedParameterIsReadAsWhatItIs(String query, String name, String value, String expected) {
        StringBuilder made = new StringBuilder(query);
        Query.append(made, name, value);
        assertThat(made).hasToString(expected);
        assertThat(Query.values(made.toString(), name)).containsExactly(value);
    }

    @Test
    void noControlCharacterOfAValueGetsIntoTheQueryAsItIs() {
        StringBuilder made = new StringBuilder();
        Query.append(made, "a", "\r\n\0\u007f\"<>");
        assertThat(made).hasToString("a=%0D%0A%00%7F%22%3C%3E");
    }
}
