/**
 * Settings: declared once, read once, every problem reported at once.
 *
 * <p>Start at {@link io.penstock.config.Setting}: one constant gives parsing, validation, documentation and JSON Schema.
 * {@link io.penstock.config.Config} is the judged result; {@link io.penstock.config.Problems} gathers everything that is wrong
 * before anything is thrown. A {@link io.penstock.config.Secret} cannot be printed.
 *
 * <p>Raw values are plain: null, boolean, number, text, list, map. Where they come from (YAML, JSON, code) is not known here.
 */
@NullMarked
package io.penstock.config;

import org.jspecify.annotations.NullMarked;
