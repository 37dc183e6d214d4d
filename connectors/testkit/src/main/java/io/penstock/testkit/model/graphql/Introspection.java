package io.penstock.testkit.model.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The schema of the model API in the form in which introspection answers it. Made once; do not change the nodes. */
public final class Introspection {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PRODUCT = "id:ID! version:Int! created_at:String updated_at:String! deleted:Boolean"
            + " sku:String name:String category:String price:Float currency:String stock:Int rating:Float"
            + " discontinued:Boolean dimensions:Dimensions tags:[String!] description:String";
    private static final ArrayNode TYPES = JSON.arrayNode()
            .add(object("Query", "products:ProductConnection!"))
            .add(object("ProductConnection", "edges:[ProductEdge!]! pageInfo:PageInfo!"))
            .add(object("ProductEdge", "cursor:String! node:Product!"))
            .add(object("PageInfo", "hasNextPage:Boolean! endCursor:String"))
            .add(object("Product", PRODUCT))
            .add(object("Dimensions", "width_cm:Int height_cm:Int weight_kg:Float"))
            .addAll(List.of(
                    type("SCALAR", "ID"),
                    type("SCALAR", "Int"),
                    type("SCALAR", "Float"),
                    type("SCALAR", "String"),
                    type("SCALAR", "Boolean")));
    private static final ObjectNode SCHEMA = JSON.objectNode();

    static {
        ArrayNode arguments = (ArrayNode) TYPES.get(0).at("/fields/0/args");
        arguments.add(argument("first", "Int", "Records per page, 1 to 1000.", "100"));
        arguments.add(argument("after", "String", "Cursor of the last edge that was read.", null));
        arguments.add(argument("category", "String", "Only products of this category.", null));
        arguments.add(argument("updatedSince", "String", "Only what changed at or after this instant.", null));
        SCHEMA.set("queryType", JSON.objectNode().put("name", "Query"));
        SCHEMA.putNull("mutationType").putNull("subscriptionType");
        SCHEMA.set("types", TYPES);
        SCHEMA.set("directives", JSON.arrayNode());
    }

    private Introspection() {}

    /** The answer to {@code __schema}. */
    public static JsonNode schema() {
        return SCHEMA;
    }

    /** The answer to {@code __type(name:)}: null for a type that does not exist. */
    public static JsonNode type(String name) {
        return StreamSupport.stream(TYPES.spliterator(), false)
                .filter(type -> type.path("name").asText().equals(name))
                .findFirst()
                .orElse(NullNode.getInstance());
    }

    private static ObjectNode object(String name, String fields) {
        ObjectNode type = type("OBJECT", name);
        ArrayNode all = type.putArray("fields");
        for (String field : fields.split(" ", -1)) {
            int colon = field.indexOf(':');
            ObjectNode node = all.addObject().put("name", field.substring(0, colon));
            node.putNull("description").putArray("args");
            node.set("type", reference(field.substring(colon + 1)));
            node.put("isDeprecated", false).putNull("deprecationReason");
        }
        type.putArray("interfaces");
        return type;
    }

    private static ObjectNode type(String kind, String name) {
        return JSON.objectNode()
                .put("kind", kind)
                .put("name", name)
                .putNull("description")
                .putNull("fields")
                .putNull("inputFields")
                .putNull("interfaces")
                .putNull("enumValues")
                .putNull("possibleTypes");
    }

    private static ObjectNode argument(String name, String type, String description, @Nullable String fallback) {
        ObjectNode node = JSON.objectNode().put("name", name).put("description", description);
        node.set("type", reference(type));
        return node.put("defaultValue", fallback);
    }

    private static ObjectNode reference(String type) {
        if (type.endsWith("!")) {
            return wrapper("NON_NULL", type.substring(0, type.length() - 1));
        }
        if (type.startsWith("[")) {
            return wrapper("LIST", type.substring(1, type.length() - 1));
        }
        boolean scalar = List.of("ID", "Int", "Float", "String", "Boolean").contains(type);
        return JSON.objectNode()
                .put("kind", scalar ? "SCALAR" : "OBJECT")
                .put("name", type)
                .putNull("ofType");
    }

    private static ObjectNode wrapper(String kind, String inner) {
        ObjectNode node = JSON.objectNode().put("kind", kind).putNull("name");
        node.set("ofType", reference(inner));
        return node;
    }
}
