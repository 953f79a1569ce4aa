package org.imageferry.ecs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How an answer is written. Both forms are of the same tree: in XML a list is its wrapper with one
/// child an item.
public enum Format {
    JSON("application/json;charset=utf-8"),
    /// Clients of the newer family take a body for XML only if its type is spelt exactly so.
    XML("text/xml;charset=utf-8");

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final XMLOutputFactory XML_FACTORY = XMLOutputFactory.newDefaultFactory();

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /// The parameter `Format` decides, in any case; without it the Accept header and the family:
    /// the older one's default is XML, the newer one's JSON.
    static Format of(Head head, String parameter) {
        return switch (parameter.toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "xml" -> XML;
            default -> of(head);
        };
    }

    private static Format of(Head head) {
        String accept = head.header("accept");
        return accept.contains("json") || (head.acs3() && !accept.contains("xml")) ? JSON : XML;
    }

    /// @param root the name of the outermost element; JSON has none
    public byte[] write(String root, ObjectNode tree) {
        return switch (this) {
            case JSON -> MAPPER.writeValueAsBytes(tree);
            case XML -> xml(root, tree);
        };
    }

    private static byte[] xml(String root, ObjectNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out =
                    XML_FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            element(out, root, tree);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("no XML can be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void element(XMLStreamWriter out, String name, JsonNode node)
            throws XMLStreamException {
        if (node.isArray()) {
            for (JsonNode item : node) {
                element(out, name, item);
            }
            return;
        }
        out.writeStartElement(name);
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                element(out, field.getKey(), field.getValue());
            }
        } else {
            out.writeCharacters(legal(node.asString()));
        }
        out.writeEndElement();
    }

    /// XML 1.0 has no way to write most control characters, not even escaped.
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> isLegal(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int c) {
        return (c >= ' ' && c != 0xFFFE && c != 0xFFFF) || "\t\n\r".indexOf(c) >= 0;
    }
}
