"""A sitting before the queue in a terminal: one pair after the other, one key each, and back again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.cli.call import Call
from api.cli.output import console, read_line
from api.cli.reviews import tell_conflicts, tell_judged, tell_pair
from api.context.request_context import RequestContext
from api.reviews.judging import Signed, judge, undo
from api.schemas.reviews import Queue, WaitingPair
from ontology.judgement import Verdict

VERDICTS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
SKIP, BACK, QUIT = "j", "z", "q"


@dataclass
class Sitting:
    """What one person decides in one sitting. `ask` reads a line from the terminal."""

    call: Call
    context: RequestContext
    who: Signed
    ask: Callable[[str], str] = read_line
    given: list[str] = field(default_factory=list)
    """Occasions of this sitting, the latest last."""

    def go_through(self, queue: Queue) -> None:
        """Show every pair and take a word on each, until the queue or the person is done. An undo goes back one pair."""
        out, say = console(), self.call.say
        out.print(say("queue.total", total=queue.total, reviewer=queue.reviewer, count=len(queue.conflicts)))
        tell_conflicts(out, self.call, queue.conflicts)
        at = 0
        while at < len(queue.pairs):
            pair = queue.pairs[at]
            out.print("", f"{at + 1}/{len(queue.pairs)}  {pair.left.record.name} – {pair.right.record.name}")
            tell_pair(out, self.call, pair)
            key = self._key()
            if key == QUIT:
                break
            at = self._back(at) if key == BACK else self._decide(pair, key, at)
        if at >= len(queue.pairs):
            out.print(say("queue.empty"))

    def _key(self) -> str:
        """The next key that means something. The end of the input is a wish to stop."""
        while True:
            try:
                told = self.ask(self.call.say("queue.keys")).strip().lower()[:1]
            except EOFError:
                return QUIT
            if told in (*VERDICTS, SKIP, BACK, QUIT):
                return told

    def _decide(self, pair: WaitingPair, key: str, at: int) -> int:
        if key in VERDICTS:
            reason = self.ask(self.call.say("queue.reason"))
            found = judge(self.context, *pair.judge_on, VERDICTS[key], reason=reason, signed=self.who)
            self.given.append(found.lines[0].occasion)
            tell_judged(console(), self.call, found)
        return at + 1

    def _back(self, at: int) -> int:
        """Undo the last word of this sitting, and ask again."""
        if not self.given:
            return at
        told = undo(self.context, self.given.pop(), reason="", signed=self.who)
        console().print(told.sentence)
        return at - 1
