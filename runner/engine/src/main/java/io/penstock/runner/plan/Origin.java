package io.penstock.runner.plan;

/**
 * Where one value of a plan comes from.
 *
 * @param path names and indexes joined by dots, such as {@code connections.shop.source.base_url}
 * @param value the value as it was written, references as references
 * @param from such as {@code plan line 3}, {@code profile production line 12} or {@code default}, and behind it where what it refers to
 *     was set
 */
public record Origin(String path, String value, String from) {}
