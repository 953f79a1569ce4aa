package org.imageferry.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A section of a YAML file, that is keys and their values, which remembers where each stands.
///
/// It reads the text as written: `id: no` is the text `no` here, and no `false`.
final class YamlSection {
    private static final String VARIABLE_FORM =
            "the name of an environment variable: letters, digits and '_'";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private final String file;
    private final Node node;
    private final Map<String, Node> values;

    private YamlSection(String file, Node node, Map<String, Node> values) {
        this.file = file;
        this.node = node;
        this.values = values;
    }

    /// @param what names the section to a person
    /// @throws StartException if the node is no section, or has a key twice or one that is not known
    static YamlSection of(String file, String what, Node node, List<String> known)
            throws StartException {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(file, node, what + " must be a section with keys: " + listed(known));
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!known.contains(key)) {
                throw problem(
                        file,
                        entry.getKeyNode(),
                        "unknown key '%s' in %s: did you mean '%s'? Allowed are %s"
                                .formatted(key, what, Spelling.nearest(key, known), listed(known)));
            }
            if (values.containsKey(key)) {
                throw problem(file, entry.getKeyNode(), "the key '" + key + "' is there twice");
            }
            values.put(key, entry.getValueNode());
        }
        return new YamlSection(file, node, values);
    }

    private static String listed(List<String> known) {
        return String.join(", ", known);
    }

    <T> T value(Setting<T> setting) throws StartException {
        Optional<String> text = text(setting.key(), setting.allowed());
        if (text.isEmpty()) {
            return setting.preset();
        }
        Optional<T> value = setting.parse(text.get());
        if (value.isEmpty()) {
            throw unfit(setting.key(), setting.allowed(), text.get());
        }
        return value.get();
    }

    /// @param allowed says what the text may be
    Optional<String> text(String key, String allowed) throws StartException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (values.get(key) instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        throw problem(key, "'" + key + "' must be " + allowed);
    }

    /// A file; a name that is not absolute is in the folder of the settings.
    Optional<Path> file(String key, String allowed) throws StartException {
        Optional<String> name = text(key, allowed);
        if (name.isPresent() && name.get().isBlank()) {
            throw unfit(key, allowed, name.get());
        }
        try {
            return name.map(it -> Path.of(file).toAbsolutePath().resolveSibling(it));
        } catch (InvalidPathException _) {
            throw unfit(key, allowed, name.orElse(""));
        }
    }

    /// The name of an environment variable, as nearly all shells allow them.
    Optional<String> variable(String key) throws StartException {
        Optional<String> name = text(key, VARIABLE_FORM);
        if (name.isPresent() && !VARIABLE.matcher(name.get()).matches()) {
            throw unfit(key, VARIABLE_FORM, name.get());
        }
        return name;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    YamlSection section(String key, List<String> known) throws StartException {
        return of(file, "'" + key + "'", at(key), known);
    }

    List<YamlSection> sections(String key, String what, List<String> known) throws StartException {
        if (!(at(key) instanceof SequenceNode list)) {
            throw problem(key, "'" + key + "' must be a list, each item with a '-' before it");
        }
        List<YamlSection> sections = new ArrayList<>();
        for (Node item : list.getValue()) {
            sections.add(of(file, what, item, known));
        }
        return sections;
    }

    StartException unfit(String key, String allowed, String text) {
        return problem(key, "'" + key + "' must be " + allowed + ", not '" + text + "'");
    }

    /// @param key where in this section; the section's beginning if there is no such key
    StartException problem(String key, String message) {
        return problem(file, at(key), message);
    }

    private Node at(String key) {
        return values.getOrDefault(key, node);
    }

    private static StartException problem(String file, Node node, String message) {
        String line = node.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
        return new StartException(file + line + ": " + message);
    }
}
