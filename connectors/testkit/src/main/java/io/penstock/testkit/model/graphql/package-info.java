/**
 * Just enough GraphQL for one connection field: reading a query, and describing the schema.
 *
 * <p>Start at {@link io.penstock.testkit.model.graphql.GraphQlQuery}. Selections inside a field are skipped, not
 * honoured: the server always answers the full node.
 *
 * <p>Depends on Jackson only.
 */
@NullMarked
package io.penstock.testkit.model.graphql;

import org.jspecify.annotations.NullMarked;
