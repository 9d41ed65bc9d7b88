import type { Profile } from '../../api/types';
import { networkLink, partyLink } from '../../parts/address';
import { Marks } from '../../parts/Mark';
import { Names, Shape } from '../../parts/Name';
import { words } from '../../words';
import { date } from '../../words/shown';

export function Head({ profile }: { profile: Profile }) {
  const { party, identifiers, founded_on, born_on, records, sources } = profile;
  const w = words();
  return (
    <header class="head">
      <div class="grow">
        <h1>
          <Shape kind={party.kind} /> <Names party={party} />
        </h1>
        <p class="about">
          {identifiers.slice(0, 2).map(({ scheme, shown }) => (
            <code key={scheme + shown} translate={false}>
              {shown}
            </code>
          ))}
          {profile.place && <span>{profile.place}</span>}
          {founded_on && <span>{w.party.founded(date(founded_on))}</span>}
          {born_on && <span>{w.party.born(date(born_on))}</span>}
          <a href={partyLink(party.id, 'records')}>{w.party.from_sources(records, sources)}</a>
          <Marks party={party} />
        </p>
      </div>
      <p class="actions">
        <button type="button" onClick={() => print()}>
          {w.party.print}
        </button>
        <a class="button strong" href={networkLink(party.id)}>
          {w.party.network}
        </a>
      </p>
    </header>
  );
}
