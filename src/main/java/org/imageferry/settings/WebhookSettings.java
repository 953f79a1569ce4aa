package org.imageferry.settings;

import java.util.List;

/// Where webhooks may be.
///
/// @param privateAddresses at any address, and in plain HTTP; else at public ones with TLS alone
public record WebhookSettings(boolean privateAddresses) {
    static final List<String> KEYS = List.of(Setting.PRIVATE_ADDRESSES.key());

    static final WebhookSettings DEFAULTS = new WebhookSettings(Setting.PRIVATE_ADDRESSES.preset());

    static WebhookSettings read(YamlSection section) throws StartException {
        return new WebhookSettings(section.value(Setting.PRIVATE_ADDRESSES));
    }
}
