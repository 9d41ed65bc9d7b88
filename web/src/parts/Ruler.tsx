import type { RulerScale } from '../api/types';
import { words } from '../words';

interface Props {
  scale: RulerScale;
  score: number;
  ceiling?: number | null;
  next?: number | null;
}

/** 350..950 in five bands of one blue, light to dark: an order, not a judgement. */
export function Ruler({ scale, score, ceiling = null, next = null }: Props) {
  const w = words();
  const { min, max, bands } = scale;
  const at = (points: number) => `${((points - min) / (max - min)) * 100}%`;
  const band = bands.find((each) => each.min <= score && score <= each.max);
  const ticks = [...bands.map((each) => each.min), max];
  return (
    <div class="ruler" role="img" aria-label={w.score.ruler(score, min, max, band?.label ?? '', next)}>
      <div class="rail-of-bands">
        {bands.map((each, n) => (
          <i
            key={each.id}
            class={`band band-${n + 1}`}
            style={{ left: at(each.min), width: `calc(${at(Math.min(each.max + 1, max))} - ${at(each.min)})` }}
          />
        ))}
        {ceiling !== null && <i class="above-ceiling" style={{ left: at(ceiling), right: 0 }} />}
        {next !== null && next !== score && (
          <i class="next" style={{ left: at(next) }}>
            <b class={(next - min) / (max - min) > 0.7 ? 'left' : ''}>{w.score.next(next)}</b>
          </i>
        )}
        <i class="needle" style={{ left: at(score) }} />
      </div>
      <div class="ticks">
        {ticks.map((tick) => (
          <span key={tick} style={{ left: at(tick) }}>
            {tick}
          </span>
        ))}
      </div>
    </div>
  );
}
