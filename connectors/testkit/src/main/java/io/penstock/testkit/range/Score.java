package io.penstock.testkit.range;

import io.penstock.testkit.model.hostile.Misbehaviour;

/**
 * One line of the score table.
 *
 * @param misbehaviour what the API did
 * @param verdict what came of it
 * @param strikes how often the API did it
 * @param exitCode how the contestant ended
 * @param remark what is wrong, or the contestant's last words
 */
public record Score(Misbehaviour misbehaviour, Verdict verdict, long strikes, int exitCode, String remark) {}
