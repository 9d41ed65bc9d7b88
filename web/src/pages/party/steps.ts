// The lines of a score as bars on one axis.
import type { Score, ScoreLine } from '../../api/types';

export interface Step {
  line: ScoreLine;
  from: number;
  to: number;
}

/** Each line from the running sum before it to the running sum after it; the base starts at the axis. */
export function stepsOf(score: Score): Step[] {
  let sum = 0;
  return score.lines.map((line) => {
    const from = sum;
    sum += line.points;
    return { line, from: line.kind === 'base' ? sum : from, to: sum };
  });
}

/** What the lines add up to; it must be the score. */
export const sumOf = (score: Score): number => score.lines.reduce((sum, line) => sum + line.points, 0);

/** Axis that holds every bar, in whole fifties, with at most five marks. The base bar begins at its left end. */
export function axisOf(steps: Step[]): { min: number; max: number; ticks: number[] } {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const min = Math.floor((Math.min(...ends) - 25) / 50) * 50;
  const max = Math.ceil((Math.max(...ends) + 10) / 50) * 50;
  const every = Math.ceil((max - min) / 50 / 5) * 50;
  const ticks = [];
  for (let tick = Math.ceil((min + 1) / every) * every; tick < max; tick += every) ticks.push(tick);
  return { min, max, ticks };
}
