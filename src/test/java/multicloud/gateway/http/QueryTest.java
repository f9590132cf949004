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
}
