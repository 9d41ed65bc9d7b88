import { address, useRemote } from '../../api/client';
import type { About, Ranked } from '../../api/types';
import { Part } from '../../parts/Problem';
import { words } from '../../words';
import { count, date } from '../../words/shown';
import { PartyList } from './PartyList';

const LISTED_FIRST = 10;

type Cell = [number: string, name: string, note: string];

function Facts({ about }: { about: About }) {
  const w = words();
  const untold: Cell[] = about.parties.unknown > 0 ? [[count(about.parties.unknown), w.kinds.unknown, '']] : [];
  const cells: Cell[] = [
    [count(about.parties.firm), w.kinds.firm, ''],
    [count(about.parties.person), w.kinds.person, w.find.persons_note],
    [count(about.parties.agency), w.kinds.agency, ''],
    ...untold,
    [count(about.records), w.find.records, w.find.from_files(about.files.length)],
    [count(about.listed), w.find.listed, date(about.as_of)],
  ];
  return (
    <dl class="card cells">
      {cells.map(([number, name, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong class="number">{number}</strong>
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Files({ about }: { about: About }) {
  const w = words();
  return (
    <section class="card" aria-labelledby="files">
      <header>
        <h2 id="files">{w.find.files}</h2>
        <span class="quiet">{w.find.made(about.version, about.rulebook, about.engine)}</span>
      </header>
      {about.files.length === 0 ? (
        <p class="body">{w.find.no_files}</p>
      ) : (
        <table class="fold">
          <thead>
            <tr>
              <th scope="col">{w.find.file}</th>
              <th scope="col">{w.find.dataset}</th>
              <th scope="col" class="right">
                {w.find.rows_read}
              </th>
              <th scope="col" class="right">
                {w.find.rows_rejected}
              </th>
              <th scope="col">{w.find.loaded}</th>
            </tr>
          </thead>
          <tbody>
            {about.files.map((file) => (
              <tr key={file.name + file.loaded_at}>
                <th scope="row">
                  <code translate={false}>{file.name}</code>
                </th>
                <td data-l={w.find.dataset}>
                  <code translate={false}>{file.dataset}</code>
                </td>
                <td data-l={w.find.rows_read} class="right">
                  {count(file.rows_read)}
                </td>
                <td data-l={w.find.rows_rejected} class="right">
                  {count(file.rows_rejected)}
                </td>
                <td data-l={w.find.loaded}>{date(file.loaded_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function TopList({ from, id, title, note, none }: { from: string; id: string; title: string; note: string; none: string }) {
  const found = useRemote<Ranked>(address(from, { limit: LISTED_FIRST }));
  return (
    <section class="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <span class="quiet">{note}</span>
      </header>
      <Part from={found} lines={LISTED_FIRST}>
        {({ results }) => (results.length ? <PartyList parties={results} /> : <p class="body">{none}</p>)}
      </Part>
    </section>
  );
}

/** What the store holds, who needs a look, who is reliable. */
export function Start() {
  const about = useRemote<About>(address('/about'));
  const w = words();
  return (
    <div class="page">
      <h1>{w.find.title}</h1>
      <p class="lead">{w.find.lead}</p>
      <Part from={about} lines={2}>
        {(data) => <Facts about={data} />}
      </Part>
      <div class="halves">
        <TopList from="/risky" id="risky" title={w.find.risky} note={w.find.risky_note} none={w.find.none_risky} />
        <TopList from="/reliable" id="reliable" title={w.find.reliable} note={w.find.reliable_note} none={w.find.none_reliable} />
      </div>
      <Part from={about} lines={5}>
        {(data) => <Files about={data} />}
      </Part>
    </div>
  );
}
