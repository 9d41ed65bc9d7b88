import rule from '../../../ontology/formulas.json';

const STARTS = new RegExp(`^(?:'*[\\t\\r]|[${rule.before}]*[${rule.marks}])`, 'u');
const INNER = new RegExp(`([${rule.splits}][${rule.before}]*)(?=[${rule.marks}])`, 'gu');
const NUMBER = new RegExp(`^(?:${rule.number})$`, 'u');

/** A cell that no spreadsheet takes for a formula: the rule of the commands' and the API's exports. */
export function harmless(cell: string | number): string {
  const text = String(cell);
  if (typeof cell === 'number' || NUMBER.test(text)) return text;
  const inside = text.replace(INNER, "$1'");
  return STARTS.test(text) ? `'${inside}` : inside;
}
