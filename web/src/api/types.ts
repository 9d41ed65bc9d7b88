// The answers of the API. The shapes are generated from its contract (schema.d.ts); here they get short names.
import type { components } from './schema';

type Schemas = components['schemas'];

/** A field with a default is optional in the contract, but the server always sends it. */
type Sent<T> = T extends readonly (infer U)[]
  ? Sent<U>[]
  : T extends object
    ? { [K in keyof T]-?: Sent<Exclude<T[K], undefined>> }
    : T;

export type Kind = Schemas['PartyKind'];
/** A value that parties share: one small node of the picture, never a party. */
export type SharedKind = 'address' | 'phone' | 'email' | 'website' | 'account' | 'device';
export type NodeKind = Kind | SharedKind;

const PARTIES: readonly NodeKind[] = ['firm', 'person', 'agency', 'unknown'];
export const isShared = (kind: NodeKind): kind is SharedKind => !PARTIES.includes(kind);

/** The contract leaves the kind of a node open; the pages know these. */
type OfKind<T> = Omit<T, 'kind'> & { kind: NodeKind };

export type StandingWord = Schemas['Standing'];
export type AreaWord = Schemas['Area'];
export type ResultWord = Schemas['Result'];

export type About = Sent<Schemas['About']>;
export type PartyLine = Sent<Schemas['PartyLine']>;
export type Found = Sent<Schemas['Search']>;
export type Ranked = Sent<Schemas['Parties']>;
export type ScoreLine = Sent<Schemas['ScoreLine']>;
export type LineKind = ScoreLine['kind'];
export type Score = Sent<Schemas['Score']>;
export type RulerScale = Sent<Schemas['Ruler']>;
export type ListingLine = Sent<Schemas['ShownListing']>;
export type RecognitionLine = Sent<Schemas['ShownRecognition']>;
export type Hop = Omit<Sent<Schemas['Hop']>, 'from' | 'to'> & {
  from: OfKind<Sent<Schemas['End']>>;
  to: OfKind<Sent<Schemas['End']>>;
};
export type PathLine = Omit<Sent<Schemas['PathLine']>, 'hops'> & { hops: Hop[] };
export type Profile = Omit<Sent<Schemas['Profile']>, 'paths'> & { paths: PathLine[] };
export type RecordLine = Sent<Schemas['ShownRecord']>;
export type Records = Sent<Schemas['Records']>;
export type TieLine = Omit<Sent<Schemas['ShownTie']>, 'other'> & { other: OfKind<Sent<Schemas['PartyRef']>> };
export interface Ties {
  ties: TieLine[];
  next: string | null;
}
export type DealingLine = Sent<Schemas['DealingLine']>;
export type DealingLines = Sent<Schemas['DealingLines']>;
export type NetworkNode = OfKind<Sent<Schemas['Node']>>;
export type NetworkTie = Sent<Schemas['Edge']>;
export type Network = Omit<Sent<Schemas['Network']>, 'nodes' | 'paths'> & { nodes: NetworkNode[]; paths: PathLine[] };
export type SourceRow = Sent<Schemas['ShownRow']>;
export type ScreeningRow = Omit<Sent<Schemas['ScreenedRow']>, 'nearest'> & { nearest: PathLine | null };
export type Job = Sent<Schemas['Job']>;
export type Screening = Omit<Sent<Schemas['Screening']>, 'rows' | 'rejected'> & {
  rows: ScreeningRow[];
  rejected: ScreeningRow[];
};
export type VerdictWord = Schemas['Verdict'];
export type ComparedField = Sent<Schemas['ComparedField']>;
export type ConflictShown = Sent<Schemas['ShownConflict']>;
export type Side = Omit<Sent<Schemas['Side']>, 'party'> & { party: OfKind<Sent<Schemas['PartyRef']>> };
export type WaitingPair = Omit<Sent<Schemas['WaitingPair']>, 'left' | 'right' | 'judge_on'> & {
  left: Side;
  right: Side;
  judge_on: [string, string];
};
export type WaitingKind = Schemas['WaitingKind'];
export type Queue = Omit<Sent<Schemas['Queue']>, 'pairs'> & { pairs: WaitingPair[] };
export type Judged = Sent<Schemas['Judged']>;
export type Undone = Sent<Schemas['Undone']>;
export type RelationLine = Omit<Sent<Schemas['Relation']>, 'other'> & { other: OfKind<Sent<Schemas['PartyRef']>> };
export type Relations = Omit<Sent<Schemas['Relations']>, 'relations'> & { relations: RelationLine[] };
export type ProblemAnswer = Pick<Schemas['Problem'], 'type' | 'title' | 'status'> & Partial<Sent<Schemas['Problem']>>;
