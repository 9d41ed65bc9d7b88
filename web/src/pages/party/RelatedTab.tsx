import { useRemote, wholeList } from '../../api/client';
import type { RelationLine, Relations } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Marks } from '../../parts/Mark';
import { PartyName, Shape } from '../../parts/Name';
import { Part } from '../../parts/Problem';
import { words } from '../../words';
import { count, nameOf, signed1 } from '../../words/shown';

const KINDS = ['disclosed', 'discovered', 'possible'] as const;

function Row({ relation, marked, open }: { relation: RelationLine; marked: boolean; open: (asked: Asked) => void }) {
  const w = words();
  const { other, evidence, sharers, row_ids, bits } = relation;
  const title = `${relation.label} · ${nameOf(other)}`;
  return (
    <tr class={relation.ended ? 'faded' : ''}>
      <th scope="row">
        <Shape kind={other.kind} /> <PartyName party={other} /> {marked && other.kind !== 'person' && <Marks party={other} />}
      </th>
      <td data-l={w.related.how}>{relation.label}</td>
      <td data-l={w.related.evidence}>
        {relation.kind === 'possible' ? (
          <span lang="en" translate={false}>
            {evidence} {bits !== null && w.related.bits(signed1(bits))}
          </span>
        ) : (
          <bdi translate={false}>{evidence}</bdi>
        )}
      </td>
      <td data-l={w.related.sharers}>
        {sharers !== null && count(sharers)} {relation.carries_little && <span class="tag">{w.related.little}</span>}
      </td>
      <td data-l={w.record.row}>
        {row_ids.length > 0 && (
          <button
            type="button"
            class="as-link"
            onClick={() => open({ title, proofs: [{ title, facts: [evidence], day: null, row_ids }] })}
          >
            {w.score.evidence(row_ids.length)}
          </button>
        )}
      </td>
    </tr>
  );
}

/** Relations by where they come from; none of them makes two parties one. */
export function RelatedTab({ id, marked, open }: { id: string; marked: boolean; open: (asked: Asked) => void }) {
  const related = useRemote(...wholeList<Relations>(`/entities/${encodeURIComponent(id)}/related`, 'relations'));
  const w = words();
  return (
    <Part from={related} lines={8}>
      {(answer) => (
        <>
          {KINDS.map((kind) => {
            const own = answer.relations.filter((relation) => relation.kind === kind);
            return (
              <section key={kind} class="card" aria-labelledby={`related-${kind}`}>
                <header>
                  <h2 id={`related-${kind}`}>{w.related.kind[kind]}</h2>
                  <span class="quiet">{w.related.means[kind]}</span>
                </header>
                {own.length === 0 ? (
                  <p class="body">{w.related.none}</p>
                ) : (
                  <div class="scroll">
                    <table class="fold">
                      <thead>
                        <tr>
                          <th scope="col">{w.tie.other}</th>
                          <th scope="col">{w.related.how}</th>
                          <th scope="col">{w.related.evidence}</th>
                          <th scope="col">{w.related.sharers}</th>
                          <th scope="col">{w.record.row}</th>
                        </tr>
                      </thead>
                      <tbody>
                        {own.map((relation, n) => (
                          <Row
                            key={`${n} ${relation.what} ${relation.other.id}`}
                            relation={relation}
                            marked={marked}
                            open={open}
                          />
                        ))}
                      </tbody>
                    </table>
                  </div>
                )}
              </section>
            );
          })}
          {answer.left_out > 0 && <p class="quiet">{w.related.left_out(answer.left_out)}</p>}
        </>
      )}
    </Part>
  );
}
