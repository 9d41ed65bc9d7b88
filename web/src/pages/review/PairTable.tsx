import type { ComparedField, Side, WaitingPair } from '../../api/types';
import { Marks } from '../../parts/Mark';
import { PartyName, Shape, Text } from '../../parts/Name';
import { words } from '../../words';
import { decimal, signed1 } from '../../words/shown';
import { marked } from './state';

function Value({ field, own, other }: { field: ComparedField; own: string; other: string }) {
  if (!own) return <span class="quiet">{words().review.not_told}</span>;
  if (field.compared !== 'differs') return <span translate={false}>{own}</span>;
  return (
    <span translate={false}>{marked(own, other).map(([piece, differs], n) => (differs ? <u key={n}>{piece}</u> : piece))}</span>
  );
}

function Head({ side }: { side: Side }) {
  const w = words();
  return (
    <th scope="col">
      <Shape kind={side.record.kind} /> <PartyName party={side.party} /> <Marks party={side.party} />
      <small>
        {w.review.of_party(side.records)} · <code translate={false}>{side.record.dataset}</code> {w.row.open(side.record.row)}
      </small>
    </th>
  );
}

/** Where the pair's weight stands between "never" and "joins by itself", in bits. */
function Weight({ bits, needed }: { bits: number; needed: number }) {
  const w = words();
  const low = Math.min(-10, bits, needed);
  const place = (value: number) => `${((value - low) / (Math.max(10, bits, needed) - low)) * 100}%`;
  const [from, to] = bits < 0 ? [bits, 0] : [0, bits];
  const told = bits < needed ? w.review.short(decimal(needed - bits)) : w.review.enough;
  return (
    <>
      <div class="weight" role="img" aria-label={w.review.weight(signed1(bits), signed1(needed))}>
        <i class={bits < 0 ? 'down' : 'up'} style={{ left: place(from), width: `calc(${place(to)} - ${place(from)})` }} />
        <b style={{ left: place(needed) }} />
      </div>
      <p class="quiet">
        {told} {w.review.line}
      </p>
    </>
  );
}

/** Both records field by field; differing characters are underlined, and the word beside them says the same. */
export function PairTable({ pair }: { pair: WaitingPair }) {
  const w = words();
  return (
    <table class="fold pair-table">
      <caption class="hidden">{w.review.question[pair.kind]}</caption>
      <thead>
        <tr>
          <th scope="col">{w.review.field}</th>
          <Head side={pair.left} />
          <Head side={pair.right} />
          <th scope="col">{w.review.evidence}</th>
        </tr>
      </thead>
      <tbody>
        {pair.fields.map((field) => (
          <tr key={field.field}>
            <th scope="row">{field.field === 'name' ? w.record.name : w.fact(field.field)}</th>
            <td data-l={w.review.left}>
              {field.field === 'name' ? <Text>{field.left}</Text> : <Value field={field} own={field.left} other={field.right} />}
            </td>
            <td data-l={w.review.right}>
              {field.field === 'name' ? <Text>{field.right}</Text> : <Value field={field} own={field.right} other={field.left} />}
            </td>
            <td>
              <span class={`tag ${field.compared === 'equal' ? 'ok' : ''}`}>{w.review.compared[field.compared]}</span>
            </td>
          </tr>
        ))}
      </tbody>
      {pair.bits !== null && pair.needed_bits !== null && (
        <tfoot>
          <tr>
            <th scope="row">
              <strong>{w.review.together}</strong>
            </th>
            <td colSpan={2}>
              <Weight bits={pair.bits} needed={pair.needed_bits} />
            </td>
            <td>
              <strong class="number">{signed1(pair.bits)}</strong>
              {pair.grounds && (
                <small lang="en" translate={false}>
                  {pair.grounds}
                </small>
              )}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
