package org.imageferry.cli;

import java.util.Map;
import org.imageferry.ecs.client.Call;

/// Parts of calls, as options give them.
final class CallParts {
    private CallParts() {}

    /// The call with a parameter more, unless the option was not given.
    static Call ifGiven(Call call, String parameter, String value) {
        return value.isEmpty() ? call : call.with(parameter, value);
    }

    /// Lists travel as `Tag.1.Key`, `Tag.1.Value` and so on.
    static Call tags(Call call, Map<String, String> tags) {
        Call tagged = call;
        int number = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            number++;
            tagged =
                    tagged.with("Tag." + number + ".Key", tag.getKey())
                            .with("Tag." + number + ".Value", tag.getValue());
        }
        return tagged;
    }
}
