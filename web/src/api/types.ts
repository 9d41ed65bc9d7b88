// The answers of the API, as the pages read them.
export type Kind = 'firm' | 'person' | 'agency';
/** A value that parties share: one small node of the picture, never a party. */
export type SharedKind = 'address' | 'phone' | 'email' | 'website' | 'account' | 'device';
export type NodeKind = Kind | SharedKind;

export const isShared = (kind: NodeKind): kind is SharedKind => kind !== 'firm' && kind !== 'person' && kind !== 'agency';
export type StandingWord = 'listed' | 'by_association' | 'nothing_found';

export interface About {
  version: string;
  rulebook: string;
  as_of: string;
  parties: Record<Kind, number>;
  records: number;
  files: { name: string; dataset: string; rows_read: number; rows_rejected: number; loaded_at: string }[];
  listed: number;
  engine: string;
}

export interface PartyLine {
  id: string;
  kind: Kind;
  name: string;
  name_other: string | null;
  place: string | null;
  standing: StandingWord;
  score: number | null;
  state: string | null;
  state_sentence: string | null;
  band: string | null;
  why: string;
  sentence: string;
  listed_count: number;
  disputed: boolean;
  ties: number;
}
export interface Found { total: number; results: PartyLine[] }

export type LineKind =
  | 'base' | 'positive' | 'listing' | 'trust' | 'evidence' | 'exposure' | 'cap' | 'ceiling' | 'floor';
export type AreaWord = 'administrative' | 'commercial' | 'social' | 'judicial';
export interface ScoreLine {
  kind: LineKind;
  rule_id: string;
  reason_code: string;
  area: AreaWord | null;
  points: number;
  title: string;
  detail: string;
  evidence_ids: string[];
  disputed: boolean;
}
export interface Score {
  entity_id: string;
  kind: Kind;
  as_of: string;
  rulebook: string;
  standing: StandingWord;
  value: number | null;
  state: string | null;
  state_sentence: string | null;
  band: string | null;
  areas: Partial<Record<AreaWord, number>>;
  lines: ScoreLine[];
  reasons: { reason_code: string; points: number; sentence: string; evidence_ids: string[] }[];
  counterfactuals: { change: string; score: number }[];
  exposures: { profile: string; value: number; points: number; remainder: number }[];
  sentence: string;
}
export interface Band { id: string; label: string; min: number; max: number }
export interface RulerScale { min: number; max: number; bands: Band[] }

export interface ListingLine {
  id: string;
  list_type: string;
  title: string;
  issuer: string;
  case_no: string | null;
  listed_on: string | null;
  ends_on: string | null;
  in_force: boolean;
  state: 'in_force' | 'ended' | 'repaired' | 'disputed';
  reason: string | null;
  duty: string | null;
  performance: string | null;
  rule_basis: string | null;
  reason_code: string;
  points: number;
  contest: string;
  row_id: string;
}
export interface RecognitionLine {
  id: string;
  mark: string;
  title: string;
  issuer: string | null;
  given_on: string | null;
  ends_on: string | null;
  points: number;
  row_id: string;
}
export interface PartyRef { id: string; name: string; kind: NodeKind }
export interface Hop {
  from: PartyRef;
  to: PartyRef;
  kind: string;
  label: string;
  share: number | null;
  amount: number | null;
  tie_id: string;
  via: { id: string; name: string } | null;
  coefficient: number;
  began_on: string | null;
  ended_on: string | null;
  row_ids: string[];
}
export interface PathLine {
  listed_id: string;
  listed_name: string;
  sentence: string;
  strength: number;
  covered: number;
  profile: string;
  bears_points: boolean;
  hops: Hop[];
}
export interface Dealings {
  total: number;
  on_time: number;
  late: number;
  defaulted: number;
  delivered: number;
  not_delivered: number;
  counterparties: number;
  sentence: string;
}
export interface Profile {
  party: PartyLine;
  names: { text: string; role: string }[];
  identifiers: { scheme: string; shown: string; valid: boolean | null }[];
  founded_on: string | null;
  born_on: string | null;
  place: string | null;
  addresses: string[];
  records: number;
  sources: number;
  score: Score;
  ruler: RulerScale;
  listings: ListingLine[];
  recognitions: RecognitionLine[];
  paths: PathLine[];
  association_sentence: string | null;
  sentence: string;
  dealings: Dealings | null;
  as_of: string;
  rulebook: string;
}
export interface RecordLine {
  id: string;
  dataset: string;
  source_class: string;
  name: string;
  kind: string;
  row_id: string;
  file: string;
  row: number;
  observed_on: string | null;
  facts: Record<string, string>;
}
export interface Records { records: RecordLine[] }
export interface TieLine {
  id: string;
  kind: string;
  label: string;
  direction: 'out' | 'in' | 'both';
  other: { id: string; name: string; kind: NodeKind; place: string | null; standing: StandingWord | null; score: number | null };
  share: number | null;
  amount: number | null;
  currency: string | null;
  role: string | null;
  began_on: string | null;
  ended_on: string | null;
  flags: string[];
  row_ids: string[];
}
export interface Ties { ties: TieLine[] }

export interface DealingLine {
  id: string;
  reporter: string;
  dealing: string;
  outcome: string;
  rating: number | null;
  amount: number | null;
  currency: string | null;
  happened_on: string;
  disputed: boolean;
  row_id: string;
}
export interface DealingLines { total: number; dealings: DealingLine[] }

export interface NetworkNode {
  id: string;
  kind: NodeKind;
  name: string;
  name_other: string | null;
  place: string | null;
  score: number | null;
  state: string | null;
  standing: StandingWord | null;
  listed: boolean;
  exposure: number;
  ties: number;
  shown_ties: number;
}
export interface NetworkTie {
  id: string;
  kind: string;
  label: string;
  source: string;
  target: string;
  share: number | null;
  amount: number | null;
  currency: string | null;
  began_on: string | null;
  ended_on: string | null;
  ended: boolean;
  row_ids: string[];
}
export interface Network {
  focus: string;
  nodes: NetworkNode[];
  ties: NetworkTie[];
  more: { id: string; count: number }[];
  paths: PathLine[];
  shown: number;
  total: number;
}
export interface SourceRow {
  row_id: string;
  file: string;
  dataset: string;
  number: number;
  values: Record<string, unknown>;
  mapping: string;
  loaded_at: string;
}
export type ResultWord = 'stop' | 'look' | 'unknown' | 'fine';
export interface ScreeningRow {
  row: number;
  given: Record<string, string>;
  result: ResultWord;
  party: PartyLine | null;
  match_percent: number | null;
  reasons: { code: string; sentence: string; points: number }[];
  nearest: PathLine | null;
  error: string | null;
}
export interface Screening {
  rows: ScreeningRow[];
  counts: Partial<Record<ResultWord, number>>;
  rejected: ScreeningRow[];
  sources: string[];
  as_of: string;
  rulebook: string;
}
export interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail?: string;
  remedy?: string;
  request_id?: string;
}
