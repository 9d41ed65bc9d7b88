import { isShared, type NodeKind } from '../api/types';
import { words } from '../words';
import { namesOf, scriptOf } from '../words/shown';
import { partyLink } from './address';
import { Icon } from './Icon';

interface Named {
  name: string;
  name_other?: string | null;
}

/** A name in its own language, so that it is read aloud and set in type as such. */
export const Text = ({ children }: { children: string }) => <bdi lang={scriptOf(children)}>{children}</bdi>;

export function Shape({ kind }: { kind: NodeKind }) {
  return (
    <span class="shape">
      <Icon name={kind} />
      <span class="hidden">{words().kind[kind]}</span>
    </span>
  );
}

const OtherName = ({ children }: { children: string | null }) =>
  children === null ? null : (
    <>
      {' '}
      <span class="other">
        <Text>{children}</Text>
      </span>
    </>
  );

/** Both names, the one in the page's script first. */
export function Names({ party }: { party: Named }) {
  const [first, other] = namesOf(party);
  return (
    <>
      <Text>{first}</Text>
      <OtherName>{other}</OtherName>
    </>
  );
}

/** A link to a party's page, its other name behind it; shared values have neither. */
export function PartyName({ party }: { party: Named & { id: string; kind: NodeKind } }) {
  const [first, other] = namesOf(party);
  if (isShared(party.kind)) return <Text>{first}</Text>;
  return (
    <>
      <a href={partyLink(party.id)}>
        <Text>{first}</Text>
      </a>
      <OtherName>{other}</OtherName>
    </>
  );
}
