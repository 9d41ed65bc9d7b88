import type { Profile } from '../../api/types';
import { partyLink } from '../../parts/address';
import { Text } from '../../parts/Name';
import { words } from '../../words';
import { count, date, signed } from '../../words/shown';
import { Backed } from './Backed';
import { lineOf } from './evidence';
import type { Opens } from './Overview';

export function Reasons(given: Opens) {
  const w = words();
  const { reasons } = given.profile.score;
  return (
    <section class="card" aria-labelledby="reasons">
      <header>
        <h2 id="reasons">{w.score.reasons}</h2>
      </header>
      {reasons.length === 0 ? (
        <p class="body">{w.score.no_reasons}</p>
      ) : (
        <ol class="reasons">
          {reasons.map((reason) => {
            const line = lineOf(reason, given.profile.score.lines);
            return (
              <li key={reason.reason_code + reason.sentence}>
                <span class="grow">
                  {reason.sentence}
                  <small>
                    <code translate={false}>{reason.reason_code}</code>
                    {line ? (
                      <Backed line={line} title={reason.sentence} given={given} />
                    ) : (
                      <a href={partyLink(given.profile.party.id, 'records')}>{w.score.backed.records}</a>
                    )}
                  </small>
                </span>
                <strong class="number">{signed(reason.points)}</strong>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

export function Changes({ profile }: { profile: Profile }) {
  const w = words();
  const { counterfactuals } = profile.score;
  return (
    <section class="card" aria-labelledby="changes">
      <header>
        <h2 id="changes">{w.score.changes}</h2>
      </header>
      {counterfactuals.length === 0 ? (
        <p class="body">{w.score.no_changes}</p>
      ) : (
        <ul class="changes">
          {counterfactuals.map(({ change, score }) => (
            <li key={change}>
              <strong class="number">{score}</strong> <span>{change}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Dealings({ profile }: { profile: Profile }) {
  const w = words();
  const { dealings } = profile;
  return (
    <section class="card" aria-labelledby="dealings">
      <header>
        <h2 id="dealings">{w.dealings.title}</h2>
      </header>
      {!dealings || dealings.total === 0 ? (
        <p class="body">{profile.consent_hint ? w.dealings.by_consent : w.dealings.none}</p>
      ) : (
        <>
          <p class="body">
            {dealings.sentence} <a href={partyLink(profile.party.id, 'dealings')}>{w.dealings.all}</a>
          </p>
          <dl class="cells">
            {(['total', 'on_time', 'late', 'defaulted', 'counterparties'] as const).map((name) => (
              <div key={name}>
                <dt>{w.dealings[name]}</dt>
                <dd>
                  <strong class="number">{count(dealings[name])}</strong>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

export function OtherNames({ profile }: { profile: Profile }) {
  const w = words();
  const { party, names, identifiers, addresses } = profile;
  const others = names.filter(({ text }) => text !== party.name && text !== party.name_other);
  if (others.length + identifiers.length + addresses.length === 0) return null;
  return (
    <section class="card" aria-labelledby="names">
      <header>
        <h2 id="names">{w.party.known_by}</h2>
      </header>
      <dl class="facts body">
        {identifiers.map(({ scheme, shown, valid }) => [
          <dt key={`s${shown}`}>{w.scheme(scheme)}</dt>,
          <dd key={`v${shown}`}>
            <code translate={false}>{shown}</code>
            {valid === false && (
              <>
                {' '}
                <span class="tag">{w.party.bad_code}</span>
              </>
            )}
          </dd>,
        ])}
        {others.map(({ text, role }) => [
          <dt key={`r${text}${role}`}>{w.name_role(role)}</dt>,
          <dd key={`n${text}${role}`}>
            <Text>{text}</Text>
          </dd>,
        ])}
        {addresses.map((address) => [
          <dt key={`a${address}`}>{w.party.address}</dt>,
          <dd key={`d${address}`}>
            <Text>{address}</Text>
          </dd>,
        ])}
      </dl>
    </section>
  );
}

export function Sources({ profile }: { profile: Profile }) {
  const w = words();
  return (
    <section class="card" aria-labelledby="sources">
      <header>
        <h2 id="sources">{w.party.sources}</h2>
      </header>
      <div class="body">
        <p>
          {w.party.held(profile.records, profile.sources)}{' '}
          <a href={partyLink(profile.party.id, 'records')}>{w.party.all_records}</a>
        </p>
        <p class="quiet">{w.party.judged(profile.rulebook, date(profile.as_of))}</p>
      </div>
    </section>
  );
}
