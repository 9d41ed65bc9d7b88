// How each kind of tie is drawn. The canvas and the little lines beside the filters share this table.
import type { Colours } from './colours';

export interface Stroke {
  colour: keyof Colours;
  line: 'solid' | 'dashed' | 'dotted' | 'double';
  dash: number[] | null;
  arrow: 'filled' | 'hollow' | 'vee' | 'none';
}

const OWNS: Stroke = { colour: 'accent', line: 'solid', dash: null, arrow: 'filled' };
const CONTROL: Stroke = { colour: 'ink3', line: 'dashed', dash: [7, 4], arrow: 'hollow' };
const TRADE: Stroke = { colour: 'ok', line: 'solid', dash: null, arrow: 'hollow' };
const SHARED: Stroke = { colour: 'ink3', line: 'dotted', dash: [1.5, 4], arrow: 'none' };

/** Not yet known: may be the same firm under a new name. */
const UNSURE: Stroke = { colour: 'look', line: 'dashed', dash: [3, 4], arrow: 'hollow' };

const STROKES: Record<string, Stroke> = {
  OWNS,
  DIRECTS: CONTROL,
  REPRESENTS: CONTROL,
  CONTROLS: CONTROL,
  BRANCH_OF: CONTROL,
  SUCCEEDS: CONTROL,
  GUARANTEES: { colour: 'look', line: 'dashed', dash: [14, 4], arrow: 'vee' },
  MAY_SUCCEED: UNSURE,
  SUPPLIES: TRADE,
  AWARDS: TRADE,
  TRADES_WITH: { ...TRADE, arrow: 'none' },
  FAMILY_OF: { colour: 'assoc', line: 'double', dash: null, arrow: 'none' },
};

export const strokeOf = (kind: string): Stroke => STROKES[kind] ?? SHARED;

/** Width in px: a stake by its size, a trade by its part of the largest one shown, the rest thin. */
export function widthOf(
  { kind, share, amount }: { kind: string; share: number | null; amount: number | null },
  amountMax: number,
): number {
  if (kind === 'OWNS') return 1.2 + 4.5 * (share ?? 0);
  if (strokeOf(kind).colour === 'ok' && amount !== null && amountMax > 0)
    return 1.2 + 2.6 * Math.min(Math.abs(amount) / amountMax, 1);
  return strokeOf(kind).line === 'double' ? 1.4 : 1.5;
}
