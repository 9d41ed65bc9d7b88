import type { Profile } from '../../api/types';
import type { Asked, Proof } from '../../parts/Evidence';
import { words } from '../../words';
import { Changes, Dealings, OtherNames, Reasons, Sources } from './Asides';
import { ScoreCard } from './ScoreCard';
import { Standing } from './Standing';
import { Waterfall } from './Waterfall';

export interface Opens {
  profile: Profile;
  evidence: Map<string, Proof>;
  open: (asked: Asked) => void;
}

/** A credit report that can be read aloud: the score, how it came about, and beside it standing, reasons and what would change it. */
export function Overview(given: Opens) {
  const { profile } = given;
  const silent = profile.party.kind === 'person' && profile.score.value === null;
  return (
    <div class="report">
      <div>
        {silent ? <NoScore profile={profile} /> : <ScoreCard profile={profile} />}
        {!silent && profile.score.lines.length > 0 && <Waterfall {...given} />}
        <Dealings profile={profile} />
      </div>
      <div>
        <Standing {...given} />
        {!silent && <Reasons {...given} />}
        {!silent && <Changes profile={profile} />}
        <OtherNames profile={profile} />
        <Sources profile={profile} />
      </div>
    </div>
  );
}

function NoScore({ profile }: { profile: Profile }) {
  const w = words();
  return (
    <section class="card" aria-labelledby="score">
      <header>
        <h2 id="score">{w.score.title}</h2>
      </header>
      <p class="body">{profile.score.state_sentence ?? w.score.persons_long}</p>
      {profile.consent_hint && <p class="body quiet">{profile.consent_hint}</p>}
    </section>
  );
}
