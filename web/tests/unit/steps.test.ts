import { describe, expect, test } from 'vitest';
import { axisOf, stepsOf, sumOf } from '../../src/pages/party/steps';
import { scoreOf } from './score';

const SCORE = scoreOf(604, ['base', 600], ['positive', 68], ['listing', -60], ['ceiling', -4]);

describe('the waterfall', () => {
  test('each bar begins where the one before ended', () => {
    const steps = stepsOf(SCORE);
    for (const [n, step] of steps.entries()) if (n > 0) expect(step.from).toBe(steps[n - 1]?.to);
    expect(steps.at(-1)?.to).toBe(604);
  });
  test('the lines add up to the score', () => expect(sumOf(SCORE)).toBe(SCORE.value));
  test('the axis holds every bar and has few marks', () => {
    for (const score of [
      SCORE,
      scoreOf(350, ['base', 600], ['listing', -400], ['floor', 150]),
      scoreOf(950, ['base', 600], ['positive', 350]),
    ]) {
      const { min, max, ticks } = axisOf(stepsOf(score));
      for (const { from, to } of stepsOf(score)) {
        expect(Math.min(from, to)).toBeGreaterThan(min);
        expect(Math.max(from, to)).toBeLessThan(max);
      }
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  });
});
