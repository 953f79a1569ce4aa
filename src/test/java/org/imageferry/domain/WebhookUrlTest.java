package org.imageferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookUrlTest {
    @Test
    void itsTextTellsWhereItLeadsAndNoTokenThatMayBeInIt() {
        WebhookUrl url = new WebhookUrl("https://hooks.example:8443/services/T0KEN?key=t0ken");

        assertThat(url).hasToString("https://hooks.example:8443/…");
        assertThat(url.target()).isEqualTo("/services/T0KEN?key=t0ken");
        assertThat(new WebhookUrl("http://hooks.example").toString())
                .isEqualTo("http://hooks.example/…");
    }
}
