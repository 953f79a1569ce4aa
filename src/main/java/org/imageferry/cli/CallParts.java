package org.imageferry.cli;

import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;

/// Parts of calls, as options give them.
final class CallParts {
    private CallParts() {}

    /// The call with a parameter more, unless the option was not given.
    static Call ifGiven(Call call, String parameter, String value) {
        return value.isEmpty() ? call : call.with(parameter, value);
    }

    /// Plain lists travel as `ResourceId.1` and so on.
    static Call list(Call call, String name, List<String> values) {
        Call listed = call;
        for (int i = 0; i < values.size(); i++) {
            listed = listed.with(name + "." + (i + 1), values.get(i));
        }
        return listed;
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
