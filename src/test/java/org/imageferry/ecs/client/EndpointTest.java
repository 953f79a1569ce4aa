package org.imageferry.ecs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8440, 127.0.0.1:8440",
        "http://ferry.example, ferry.example",
        "http://ferry.example:80, ferry.example",
        "https://ferry.example:443/, ferry.example",
        "https://ferry.example:80, ferry.example:80",
        "http://[::1]:8440, [::1]:8440",
    })
    void theHostIsWhatTheHttpClientSends(String endpoint, String host) {
        assertThat(Endpoint.parse(endpoint).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8440",
                "ftp://127.0.0.1",
                "http://",
                "http://a b",
                "http://me@host:1",
                "http://host/path",
                "http://host?query"
            })
    void refusesWhatIsNoEndpoint(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it looks like http://127.0.0.1:8440");
    }

    @Test
    void parametersAreEncodedByRfc3986() {
        Call call = Call.ecs("DescribeImages").with("ImageName", "a b*~中/&=+");

        assertThat(Endpoint.parse("http://h:1").uri(call))
                .hasToString("http://h:1/?ImageName=a%20b%2A~%E4%B8%AD%2F%26%3D%2B");
    }

    @Test
    void anObjectsFoldersStayFolders() {
        RemoteObject object = new RemoteObject("r", "images", "golden/debian 12.raw");

        assertThat(object.path()).isEqualTo("/buckets/images/golden/debian%2012.raw");
    }
}
