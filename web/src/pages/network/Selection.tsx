import { address, useRemote } from '../../api/client';
import { isShared, type NetworkNode, type NetworkTie, type Profile } from '../../api/types';
import { networkLink, partyLink } from '../../parts/address';
import type { Asked } from '../../parts/Evidence';
import { Marks } from '../../parts/Mark';
import { Names, PartyName, Shape } from '../../parts/Name';
import { Part } from '../../parts/Problem';
import { Ruler } from '../../parts/Ruler';
import { words } from '../../words';
import { money, nameOf, percent } from '../../words/shown';
import { period } from '../party/period';
import type { Bench } from './state';

function Known({ node }: { node: NetworkNode }) {
  const profile = useRemote<Profile>(address(`/entities/${encodeURIComponent(node.id)}`));
  return (
    <Part from={profile} lines={3}>
      {({ score, ruler, sentence, association_sentence }) => (
        <>
          {score.value !== null && <Ruler scale={ruler} score={score.value} />}
          {score.value === null && score.state_sentence && <p>{score.state_sentence}</p>}
          <p class={node.standing === 'by_association' ? 'by-association' : ''}>{sentence}</p>
          {association_sentence && <p class="quiet">{association_sentence}</p>}
        </>
      )}
    </Part>
  );
}

function PartyPanel({ node, bench }: { node: NetworkNode; bench: Bench }) {
  const w = words();
  const told = node.kind === 'firm' || node.kind === 'agency' || node.kind === 'unknown';
  const shared = isShared(node.kind);
  return (
    <>
      <div class="panel-head">
        <h2>
          <Shape kind={node.kind} /> <Names party={node} />
        </h2>
        {node.score !== null && <strong class="number">{node.score}</strong>}
      </div>
      <p class="quiet">{[node.place, w.find.ties(node.ties)].filter(Boolean).join(' · ')}</p>
      <Marks party={node} />
      {told && <Known node={node} />}
      {node.kind === 'person' && <p>{w.score.persons_long}</p>}
      <p class="actions">
        {!shared && (
          <a class="button small" href={partyLink(node.id)}>
            {w.network.profile}
          </a>
        )}
        {!shared && node.id !== bench.state.focus && (
          <a class="button small" href={networkLink(node.id)}>
            {w.network.make_focus}
          </a>
        )}
        {!shared && (
          <button type="button" class="small" onClick={() => bench.expand(node.id)}>
            {w.network.expand}
          </button>
        )}
      </p>
    </>
  );
}

function TiePanel({ tie, bench, open }: { tie: NetworkTie; bench: Bench; open: (asked: Asked) => void }) {
  const w = words();
  const from = bench.state.nodes.get(tie.source);
  const to = bench.state.nodes.get(tie.target);
  if (!from || !to) return null;
  const title = `${nameOf(from)} · ${tie.label} · ${nameOf(to)}`;
  return (
    <>
      <h2>{tie.label}</h2>
      <dl class="facts">
        <dt>{w.network.from}</dt>
        <dd>
          <PartyName party={from} />
        </dd>
        <dt>{w.network.to}</dt>
        <dd>
          <PartyName party={to} />
        </dd>
        {tie.share !== null && (
          <>
            <dt>{w.tie.share}</dt>
            <dd>{percent(tie.share)}</dd>
          </>
        )}
        {tie.amount !== null && (
          <>
            <dt>{w.tie.amount}</dt>
            <dd>{money(tie.amount, tie.currency)}</dd>
          </>
        )}
        <dt>{w.tie.period}</dt>
        <dd>{period(tie.began_on, tie.ended_on)}</dd>
      </dl>
      {tie.row_ids.length === 0 ? (
        <p class="quiet">{w.row.derived}</p>
      ) : (
        <button
          type="button"
          class="small"
          onClick={() => open({ title, proofs: [{ title, facts: [], day: tie.began_on, row_ids: tie.row_ids }] })}
        >
          {w.score.evidence(tie.row_ids.length)}
        </button>
      )}
    </>
  );
}

export function Selection({ bench, open }: { bench: Bench; open: (asked: Asked) => void }) {
  const { selected, nodes, ties } = bench.state;
  const node = selected === null ? undefined : nodes.get(selected);
  const tie = selected === null ? undefined : ties.get(selected);
  return (
    <section class="selection">
      {node && <PartyPanel key={node.id} node={node} bench={bench} />}
      {tie && <TiePanel tie={tie} bench={bench} open={open} />}
      {!node && !tie && <p class="quiet">{words().network.nothing_selected}</p>}
    </section>
  );
}
