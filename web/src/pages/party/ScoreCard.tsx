import type { AreaWord, Profile, Score, ScoreLine } from '../../api/types';
import { Disputed } from '../../parts/Mark';
import { Ruler } from '../../parts/Ruler';
import { words } from '../../words';
import { signed } from '../../words/shown';

const AREAS: AreaWord[] = ['administrative', 'commercial', 'social', 'judicial'];

/** A bar from the middle; its length against the area with the most points. Dashed when by association only. */
function AreaBar({ points, most, dashed }: { points: number; most: number; dashed: boolean }) {
  const width = most ? (Math.abs(points) / most) * 50 : 0;
  const kind = dashed ? 'association' : points > 0 ? 'up' : 'down';
  return (
    <div class="area-bar" aria-hidden="true">
      <i class={kind} style={{ width: `${width}%`, left: points > 0 ? '50%' : `${50 - width}%` }} />
    </div>
  );
}

const linesOf = (lines: ScoreLine[], area: AreaWord) => lines.filter((line) => line.area === area);

function Areas({ score }: { score: Score }) {
  const w = words();
  const points = (area: AreaWord) => score.areas[area] ?? 0;
  const most = Math.max(...AREAS.map((area) => Math.abs(points(area))), 1);
  return (
    <dl class="areas">
      {AREAS.map((area) => {
        const lines = linesOf(score.lines, area);
        const only = lines.length > 0 && lines.every((line) => line.kind === 'exposure');
        const said = lines.length === 0 ? w.score.no_record : only ? w.score.association_only : w.score.items(lines.length);
        return (
          <div key={area}>
            <dt>{w.area[area]}</dt>
            <dd>
              <strong class="number">{signed(points(area))}</strong>
              <AreaBar points={points(area)} most={most} dashed={only} />
              <small>{said}</small>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The number on its ruler, the four areas; or the sentence of the state where there is no number. */
export function ScoreCard({ profile }: { profile: Profile }) {
  const { score, ruler } = profile;
  const w = words();
  const band = ruler.bands.find(({ min, max }) => score.value !== null && min <= score.value && score.value <= max);
  const ceiling = score.lines.some((line) => line.kind === 'ceiling') ? score.value : null;
  return (
    <section class="card" aria-labelledby="score">
      <header>
        <h2 id="score">{w.score.title}</h2>
        {score.lines.some((line) => line.disputed) && <Disputed />}
        <span class="quiet">{w.party.foot(profile.rulebook, profile.as_of)}</span>
      </header>
      {score.value === null ? (
        <>
          <p class="body">{score.state_sentence ?? w.score.none}</p>
          {profile.consent_hint && <p class="body quiet">{profile.consent_hint}</p>}
        </>
      ) : (
        <div class="score-row">
          <p class="big">
            <strong class="number">{score.value}</strong>
            {band && (
              <span>
                <b>{band.label}</b> <span class="quiet">{w.score.band(band.min, band.max)}</span>
              </span>
            )}
          </p>
          <Ruler scale={ruler} score={score.value} ceiling={ceiling} next={score.counterfactuals[0]?.score ?? null} />
        </div>
      )}
      {score.lines.length > 0 && <Areas score={score} />}
    </section>
  );
}
